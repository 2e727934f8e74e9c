import JourneyTime

/// Takes events in load order and makes a store of them.
///
/// Rows are kept as columns of dictionary codes, in groups that are dealt out to partitions of customers when they are
/// full; above a budget groups go to a file. A bucket is made of its partitions' rows when it is asked for. What kind a
/// property is, is decided over all of its values: number, truth value or time if every one reads so, else text; 0 and 1
/// are numbers.
package struct EventStoreBuilder: Sendable {
  /// Times without an offset among the properties are clock times of this zone.
  package let zone: Zone
  /// Index of the property that names sessions.
  package var session: Int?
  private var properties: [(name: String, declared: Property.Kind?, expected: Property.Kind?)] = []
  private var groups: [RowGroup] = []
  /// Events of the groups.
  private var sealedCount = 0
  private var open: RowGroupBuilder
  /// Columns of a group in front of its properties.
  private let lead: Int
  private let groupSize: Int
  private let partitionCount: Int
  private let spill: RowSpill?
  /// Why rows could not be put aside; the store cannot be made then.
  package private(set) var failure: SpillFailure?

  /// - Parameters:
  ///   - zone: of property times without an offset.
  ///   - expectedEvents: about how many there will be; any number makes the same store.
  ///   - spill: where rows go that are too many for the memory; nil keeps all.
  ///   - groupSize: rows of a group; nil for as many as are worth a read of their own in each partition.
  ///   - identities: events are those of the person whom the id of a row belongs to, and keep it as `original_id`, the last property.
  package init(
    zone: Zone = .utc, expectedEvents: Int = 0, spill: RowSpill? = nil, groupSize: Int? = nil,
    identities: IdentityMap? = nil
  ) {
    self.zone = zone
    lead = identities == nil ? 1 : 2
    self.spill = spill
    partitionCount = min(4_096, max(16, EventStore.bucketCount(events: expectedEvents)))
    self.groupSize = groupSize ?? max(1 << 16, partitionCount << 9)
    open = RowGroupBuilder(partitionCount: partitionCount, wordKinds: [], zone: zone, identities: identities)
  }

  package var eventCount: Int { sealedCount + open.rowCount }
  /// Names and kinds of the properties, as far as the values so far tell.
  package var propertyKinds: [(name: String, kind: Property.Kind)] {
    let groups = groups + [RowGroup(open)]
    return properties.indices.map { (properties[$0].name, kind(of: $0, in: groups)) }
  }
  /// Properties with a value that is not of the expected kind and got lost.
  package var mixedProperties: [Int] {
    properties.indices.filter { index in
      groups.contains { index + lead < $0.columns.count && $0.columns[index + lead].isMixed }
        || open.properties[index].isMixed
    }
  }

  /// Adds a property of which all rows so far have no value.
  ///
  /// - Parameters:
  ///   - declared: the kind of the values it is given; nil for written ones.
  ///   - expected: number or time if all written values are probably such: they are then kept without a dictionary. A
  ///     value that is not gets lost, and `mixedProperties` tells.
  ///   - isText: written values are text where they come from, or times, and no numbers or truth values.
  package mutating func addProperty(
    _ name: String, declared: Property.Kind? = nil, expected: Property.Kind? = nil, isText: Bool = false
  ) -> Int {
    properties.append((name, declared, expected))
    open.addProperty(wordKind: declared ?? expected, kinds: declared != nil ? [] : isText ? .time : .all, zone: zone)
    return properties.count - 1
  }

  /// Adds an event without properties. `instant` is in microseconds since 1970 UTC; an `order` that is nan is missing.
  package mutating func append(customer: Span<UInt8>, event: Span<UInt8>, instant: Int64, order: Double = .nan) {
    if open.rowCount >= groupSize { seal() }
    open.append(customer: customer, event: event, instant: instant, order: order)
  }

  /// Adds an event for each row of the table, whose cells lie in `bytes`.
  ///
  /// - Parameters:
  ///   - customer: column of the customers; nil where there is none, and all are of nobody, whose id is empty. Likewise `event`.
  ///   - instants: one for each row, in microseconds since 1970 UTC.
  ///   - orders: one for each row, nan for none; or no one.
  ///   - properties: column of each property, in the order in which they were added; empty cells are missing.
  package mutating func append(
    _ table: CellTable, in bytes: Span<UInt8>, customer: Int?, event: Int?, instants: [Int64], orders: [Double],
    properties columns: [Int]
  ) {
    if open.rowCount >= groupSize || open.customers.size >= 1 << 28 { seal() }
    open.append(
      table, in: bytes, customer: customer, event: event, instants: instants, orders: orders, properties: columns)
  }

  /// Gives the event added last a value as it was written; an empty one is missing.
  package mutating func set(_ property: Int, to text: Span<UInt8>) { open.set(property, to: text) }

  /// Gives the event added last a value of the property's declared kind.
  package mutating func set(_ property: Int, to value: PropertyValue) { open.set(property, to: value) }

  /// Adds the rows of `later`, which was made the same way and has the same properties, behind the rows so far.
  package mutating func absorb(_ later: EventStoreBuilder) {
    var later = later
    seal()
    later.seal()
    groups += later.groups
    sealedCount += later.sealedCount
    failure = failure ?? later.failure
  }

  /// Ends the open group. Later rows go to a new one.
  package mutating func seal() {
    guard open.rowCount > 0 else { return }
    var group = RowGroup(open)
    sealedCount += open.rowCount
    open.removeAll()
    do throws(SpillFailure) {
      try spill?.place(&group)
    } catch {
      failure = failure ?? error
    }
    groups.append(group)
  }

  /// The store of all rows in the making, in about `buckets` buckets (rounded up to a power of two), or in as many as the
  /// events need.
  ///
  /// - Parameter isCancelled: asked now and then; the draft is of no use once it is true.
  package consuming func draft(
    buckets: Int? = nil, isCancelled: @Sendable () -> Bool = { false }
  ) throws(SpillFailure) -> BucketAssembly {
    seal()
    if let failure { throw failure }
    return assembly(buckets, isCancelled)
  }

  /// The store of all rows, if they were kept in memory. Buckets as for `draft`.
  package consuming func finish(buckets: Int? = nil) -> EventStore {
    seal()
    let assembly = assembly(buckets) { false }
    let made = concurrentMap(count: assembly.bucketCount) { try? assembly.bucket($0) }
    return EventStore(schema: assembly.schema, buckets: made.compactMap { $0 })
  }

  private func assembly(_ buckets: Int?, _ isCancelled: @Sendable () -> Bool) -> BucketAssembly {
    let (groups, properties, lead) = (groups, properties, lead)
    let kinds = properties.indices.map { kind(of: $0, in: groups) }
    // Column 0 is the events; ids of rows, where they are kept, are column 1 and the last property.
    let united = concurrentMap(count: properties.count + lead) { column in
      UnitedColumn(groups, column: column, kind: column < lead ? .text : kinds[column - lead], zone: zone, isCancelled)
    }
    let columns = Array(lead..<properties.count + lead) + Array(1..<lead)
    let schema = StoreSchema(
      events: united[0].texts,
      properties: properties.indices.map { index in
        Property(name: properties[index].name, kind: kinds[index], dictionary: united[index + lead].texts)
      } + (1..<lead).map { Property(name: EventStore.originalID, kind: .text, dictionary: united[$0].texts) },
      session: session)
    return BucketAssembly(
      schema: schema, bucketCount: EventStore.bucketCount(events: eventCount, wanted: buckets), groups: groups,
      partitionCount: partitionCount, events: united[0].eventMap, properties: columns.map { united[$0].map },
      columns: columns)
  }

  /// What a property is by its values in `groups`: text if there are none.
  private func kind(of property: Int, in groups: [RowGroup]) -> Property.Kind {
    if let declared = properties[property].declared { return declared }
    var (kinds, hasValues) = (KindSet.all, false)
    for group in groups where property + lead < group.columns.count {
      let column = group.columns[property + lead]
      if let kind = column.wordKind { return column.isMixed ? .text : kind }
      if column.values.count > 0 {
        kinds.formIntersection(column.kinds)
        hasValues = true
      }
    }
    return hasValues ? kinds.kind : .text
  }
}
