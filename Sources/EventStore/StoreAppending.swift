extension EventStore {
  /// A property that two stores held as different kinds and that became text.
  public struct KindChange: Sendable, Hashable {
    public var property: String
    /// Its kind in the earlier and in the later store.
    public var earlier: Property.Kind
    public var later: Property.Kind
  }

  /// This store with the events of `other` behind its own, as `StoreAddition` says. Buckets that `other` has no events for are
  /// kept as they are, where the columns are the same.
  public func appending(_ other: EventStore) -> (store: EventStore, changes: [KindChange]) {
    let addition = StoreAddition(other, to: self)
    return (addition.store(), addition.changes)
  }
}

/// Which properties of two stores are one, and as what.
struct MergePlan: Sendable {
  /// A property of the merged store: where it stands in the earlier and the later one, and its kind.
  struct Entry: Sendable {
    var name: String
    var left: Int?
    var right: Int?
    var kind: Property.Kind
  }
  private(set) var entries: [Entry] = []
  private(set) var changes: [EventStore.KindChange] = []
  private let schemas: (StoreSchema, StoreSchema)

  init(_ left: StoreSchema, _ right: StoreSchema) {
    schemas = (left, right)
    var names = ByteDictionary()
    for (index, property) in left.properties.enumerated() where names.code(of: property.name) == entries.count {
      entries.append(Entry(name: property.name, left: index, kind: property.kind))
    }
    for (index, property) in right.properties.enumerated() {
      let code = names.code(of: property.name)
      if code == entries.count {
        entries.append(Entry(name: property.name, right: index, kind: property.kind))
        continue
      }
      entries[code].right = index
      guard let earlier = entries[code].left.map({ left.properties[$0] }), earlier.kind != property.kind else {
        continue
      }
      if earlier.hasNoValues {
        entries[code].kind = property.kind
      } else if !property.hasNoValues {
        entries[code].kind = .text
        changes.append(.init(property: property.name, earlier: earlier.kind, later: property.kind))
      }
    }
  }

  /// Properties of one store that must become text.
  func texts(ofEarlier isEarlier: Bool) -> [Int] {
    let properties = isEarlier ? schemas.0.properties : schemas.1.properties
    return entries.compactMap { entry in
      guard entry.kind == .text, let index = isEarlier ? entry.left : entry.right else { return nil }
      return properties[index].kind == .text ? nil : index
    }
  }
}

extension Property {
  /// A text property without a dictionary: nothing is known of its kind.
  fileprivate var hasNoValues: Bool { kind == .text && valueCount == 0 }
}

/// The schema of two stores together, and how the codes of each read in it.
struct SchemaUnion: Sendable {
  let schema: StoreSchema
  private let left: ColumnMap
  private let right: ColumnMap
  /// Whether the codes of the earlier store's events are those of both: not where it has an event's name twice.
  let keepsEarlier: Bool
  private let isLeftUnchanged: Bool

  init(_ left: StoreSchema, _ right: StoreSchema, _ plan: MergePlan) {
    var events = ByteDictionary()
    let leftEvents = left.events.map { UInt32(events.code(of: $0)) }
    let rightEvents = right.events.map { UInt32(events.code(of: $0)) }
    var properties: [Property] = []
    var (leftSources, rightSources): ([ColumnMap.Source], [ColumnMap.Source]) = ([], [])
    for entry in plan.entries {
      var values = ByteDictionary()
      func source(_ index: Int?, of schema: StoreSchema) -> ColumnMap.Source {
        guard let index else { return .missing }
        guard entry.kind == .text else { return schema.properties[index].kind == .text ? .missing : .column(index) }
        let codes = schema.properties[index].dictionary.map { UInt32(values.code(of: $0) + 1) }
        return .codes(index, [0] + codes)
      }
      leftSources.append(source(entry.left, of: left))
      rightSources.append(source(entry.right, of: right))
      properties.append(Property(name: entry.name, kind: entry.kind, dictionary: values.texts))
    }
    let session = left.session ?? right.session.flatMap { index in plan.entries.firstIndex { $0.right == index } }
    schema = StoreSchema(events: events.texts, properties: properties, session: session)
    self.left = ColumnMap(events: leftEvents, sources: leftSources, kinds: properties.map(\.kind))
    self.right = ColumnMap(events: rightEvents, sources: rightSources, kinds: properties.map(\.kind))
    keepsEarlier = leftEvents.enumerated().allSatisfy { $0.offset == $0.element }
    isLeftUnchanged =
      keepsEarlier && properties.map(\.name) == left.properties.map(\.name)
      && properties.map(\.kind) == left.properties.map(\.kind)
  }

  func code(ofEarlier code: Int) -> Int { Int(left.events[code]) }

  /// The rows of the earlier store; the same bucket where its columns are those of both.
  func earlier(_ bucket: Bucket) -> Bucket { isLeftUnchanged ? bucket : bucket.mapped(by: left) }
  func later(_ bucket: Bucket) -> Bucket { bucket.mapped(by: right) }
}
