/// A store whose events are those of other customers, in the making.
package struct RekeyedStore: Sendable {
  package let draft: BucketAssembly
  /// Ids that its events have, of which persons were made or which are customers again.
  package let ids: Int
  /// How many of them are another customer's than before.
  package let moved: Int
}

extension EventStore {
  /// The property that holds the id an event was loaded under, where customers are persons that ids were joined to.
  package static let originalID = "original_id"

  /// This store with the events of each id under the person whom it belongs to, and the id as `original_id`; without identities under
  /// the id itself, and without that property. Nil where nothing changes.
  ///
  /// Events of one customer stay in their order. At one moment, those of customers who have become one follow each other by the ids
  /// these had until now: what was loaded first is not known between them.
  ///
  /// Buckets are read one after another on all cores, and their rows are dealt out to groups that `spill` puts aside above its budget.
  ///
  /// - Parameter isCancelled: asked before each bucket; what is made is of no use once it is true.
  package func rekeyed(
    by identities: IdentityMap?, spill: RowSpill, isCancelled: @Sendable () -> Bool = { false }
  ) throws(SpillFailure) -> RekeyedStore? {
    let column = schema.properties.firstIndex { $0.name == Self.originalID && $0.kind == .text }
    if identities == nil, column == nil { return nil }
    let originals = OriginalIDs(of: self, column)
    let people = originals.people(by: identities)
    let moved = zip(people, originals.former).count { !$0.isSame(as: $1) }
    if identities != nil, moved == 0, column == nil || originals.areTold { return nil }
    let dealing = RekeyDealing(self, originals, people, keepsOriginals: identities != nil)
    let dealt = concurrentMap(count: buckets.count) { number in
      Result { () throws(SpillFailure) -> RowGroup? in
        if isCancelled() { return nil }
        var group = dealing.group(of: buckets[number], number)
        try spill.place(&group)
        return group
      }
    }
    var groups: [RowGroup] = []
    for group in dealt { if let group = try group.get() { groups.append(group) } }
    return RekeyedStore(draft: dealing.assembly(groups), ids: originals.ids.count, moved: moved)
  }
}

extension String {
  /// By bytes.
  fileprivate func isSame(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

/// How rows of one moment follow each other where customers have become one.
struct TieOrder: Sendable {
  /// The property that says of which id a row is.
  let property: Int
  /// The customer that each id was of, by the code of the id less one.
  let former: [String]

  /// Nil where both were of one customer already, and stay as they are.
  func precedes(_ one: Int, _ other: Int) -> Bool? {
    guard one != other, one > 0, other > 0 else { return nil }
    let (left, right) = (former[one - 1], former[other - 1])
    return left.isSame(as: right) ? nil : left.comesBefore(right)
  }
}

/// The ids that events were loaded under.
private struct OriginalIDs: Sendable {
  /// Each once.
  let ids: [String]
  /// The customer whose events those of an id are now; parallel to `ids`.
  let former: [String]
  /// Of each bucket, the numbers from 1 of its customers who have events that do not tell their id: it is theirs.
  let untold: [[UInt32]]
  /// Whether all events tell.
  var areTold: Bool { untold.allSatisfy(\.isEmpty) }

  /// - Parameter column: the property that tells; nil where none does.
  init(of store: EventStore, _ column: Int?) {
    let known = column.map { store.schema.properties[$0].dictionary } ?? []
    let found = concurrentMap(count: store.buckets.count) { Self.customers(of: store.buckets[$0], column) }
    var (ids, former, numbers) = (known, known, [[UInt32]]())
    // Customers are each in one bucket, so that only what some events tell can be there already.
    var codes = ByteDictionary()
    if found.contains(where: { !$0.untold.isEmpty }) { for id in known { _ = codes.code(of: id) } }
    for (told, untold) in found {
      for (code, customer) in told where former.indices.contains(code - 1) { former[code - 1] = customer }
      numbers.append(
        untold.map { customer in
          if !known.isEmpty, let code = codes.find(customer) { return UInt32(code + 1) }
          ids.append(customer)
          former.append(customer)
          return UInt32(ids.count)
        })
    }
    (self.ids, self.former, untold) = (ids, former, numbers)
  }

  /// Of one bucket: which codes are whose, and the customers with events that do not tell.
  private static func customers(of bucket: Bucket, _ column: Int?) -> (told: [(Int, String)], untold: [String]) {
    let customers = bucket.customers
    guard let column, case .text(let codes) = bucket.properties[column] else { return ([], customers) }
    let offsets = bucket.offsets
    var (told, untold): ([(Int, String)], [String]) = ([], [])
    for (index, customer) in customers.enumerated() {
      var (last, tells) = (0, true)
      for row in Int(offsets[index])..<Int(offsets[index + 1]) {
        let code = codes[row]
        if code == 0 { tells = false } else if code != last { told.append((code, customer)) }
        last = code
      }
      if !tells { untold.append(customer) }
    }
    return (told, untold)
  }

  /// Whom each id belongs to.
  func people(by identities: IdentityMap?) -> [String] {
    guard let identities else { return ids }
    let size = 1 << 14
    return concurrentMap(count: (ids.count + size - 1) / size) { part in
      ids[part * size..<min(ids.count, (part + 1) * size)].map { identities.person(of: $0) }
    }.flatMap(\.self)
  }
}

/// Deals the rows of a store out by the persons of their ids.
private struct RekeyDealing: Sendable {
  private enum Source: Sendable {
    case column(Int)
    case originals
  }
  private let schema: StoreSchema
  private let sources: [Source]
  private let originals: OriginalIDs
  private let people: [String]
  /// Of the store as it is.
  private let column: Int?
  private let bucketCount: Int
  private let partitionCount: Int

  init(_ store: EventStore, _ originals: OriginalIDs, _ people: [String], keepsOriginals: Bool) {
    (self.originals, self.people) = (originals, people)
    let column = store.schema.properties.firstIndex { $0.name == EventStore.originalID && $0.kind == .text }
    self.column = column
    bucketCount = max(1, store.buckets.count)
    partitionCount = min(4_096, max(16, bucketCount))
    var (schema, sources) = (store.schema, store.schema.properties.indices.map { Source.column($0) })
    if keepsOriginals {
      let property = Property(name: EventStore.originalID, kind: .text, dictionary: originals.ids)
      if let column {
        (schema.properties[column], sources[column]) = (property, .originals)
      } else {
        schema.properties.append(property)
        sources.append(.originals)
      }
    } else if let column {
      schema.properties.remove(at: column)
      sources.remove(at: column)
      if let session = schema.session {
        schema.session = session == column ? nil : session > column ? session - 1 : session
      }
    }
    (self.schema, self.sources) = (schema, sources)
  }

  /// The rows of bucket `number`.
  func group(of bucket: Bucket, _ number: Int) -> RowGroup {
    let codes = codes(of: bucket, number)
    var customers = CustomerRows(partitionCount: partitionCount)
    var row = 0
    while row < codes.count {
      let start = row
      while row < codes.count, codes[row] == codes[start] { row += 1 }
      var person = people[Int(codes[start]) - 1]
      person.makeContiguousUTF8()
      customers.append(person.utf8.span, times: row - start)
    }
    let columns = sources.enumerated().map { place, source in
      let values = schema.properties[place].valueCount
      return switch source {
      case .column(let index): (column: bucket.properties[index], values: values)
      case .originals: (column: PropertyColumn.text(.wide(codes)), values: values)
      }
    }
    return RowGroup(bucket, of: customers, events: schema.events.count, columns)
  }

  /// Of each row, the number of its id from 1.
  private func codes(of bucket: Bucket, _ number: Int) -> [UInt32] {
    let offsets = bucket.offsets
    var told = [UInt32](repeating: 0, count: bucket.eventCount)
    if let column, case .text(let codes) = bucket.properties[column] { told = codes.wide }
    var next = originals.untold[number].makeIterator()
    for index in 0..<bucket.customerCount {
      let rows = Int(offsets[index])..<Int(offsets[index + 1])
      guard rows.contains(where: { told[$0] == 0 }), let own = next.next() else { continue }
      for row in rows where told[row] == 0 { told[row] = own }
    }
    return told
  }

  /// The groups as a store; codes are those of the store that they come from.
  func assembly(_ groups: [RowGroup]) -> BucketAssembly {
    func same(_ count: Int) -> CodeMap {
      CodeMap(Array(repeating: Array(0..<UInt32(count)), count: groups.count))
    }
    let properties = schema.properties.map { property -> PropertyMap in
      switch property.kind {
      case .text: .text(same(property.valueCount + 1))
      case .truth: .words(.truth, tables: Array(repeating: [ValueWord.missingNumber, 0, 1], count: groups.count))
      default: .words(property.kind, tables: Array(repeating: [], count: groups.count))
      }
    }
    let place = sources.firstIndex { if case .originals = $0 { true } else { false } }
    return BucketAssembly(
      schema: schema.held, bucketCount: bucketCount, groups: groups, partitionCount: partitionCount,
      events: same(schema.events.count), properties: properties,
      ties: place.map { TieOrder(property: $0, former: originals.former) })
  }
}
