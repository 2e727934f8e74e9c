import JourneyTime

/// Takes events row by row in load order and makes a store of them.
///
/// Rows are kept as columns of dictionary codes: a value costs a `String` only once, when it is distinct, at the end.
/// What kind a property is, is decided over all of its values: number, truth value or time if every one reads so, else
/// text; 0 and 1 are numbers.
package struct EventStoreBuilder: Sendable {
  /// Times without an offset among the properties are clock times of this zone.
  package let zone: Zone
  private var batchedCustomers = BatchedCodes()
  private(set) var eventCodes: [UInt32] = []
  private(set) var events = ByteDictionary()
  private(set) var instants: [Int64] = []
  /// Empty as long as no row has an order value; then nan for those without.
  private(set) var orders: [Double] = []
  private(set) var properties: [PropertyBuilder] = []
  /// Index of the property that names sessions.
  package var session: Int?

  package init(zone: Zone = .utc) {
    self.zone = zone
  }

  package var eventCount: Int { instants.count }
  /// Names and kinds of the properties, as far as the values so far tell.
  package var propertyKinds: [(name: String, kind: Property.Kind)] { properties.map { ($0.name, $0.kind) } }

  /// Adds a property of which all rows so far have no value; its values are written ones, or of the kind declared.
  package mutating func addProperty(_ name: String, declared: Property.Kind? = nil) -> Int {
    properties.append(PropertyBuilder(name: name, declared: declared))
    return properties.count - 1
  }

  /// Adds an event without properties. `instant` is in microseconds since 1970 UTC; an `order` that is nan is missing.
  package mutating func append(customer: Span<UInt8>, event: Span<UInt8>, instant: Int64, order: Double = .nan) {
    batchedCustomers.append(customer)
    eventCodes.append(UInt32(events.code(of: event)))
    instants.append(instant)
    if !order.isNaN || !orders.isEmpty {
      while orders.count < instants.count - 1 { orders.append(.nan) }
      orders.append(order)
    }
  }

  /// Gives the event added last a value as it was written; an empty one is missing.
  package mutating func set(_ property: Int, to text: Span<UInt8>) {
    properties[property].set(text, row: instants.count - 1, zone: zone)
  }

  /// Gives the event added last a value of the property's declared kind.
  package mutating func set(_ property: Int, to value: PropertyValue) {
    properties[property].set(value, row: instants.count - 1)
  }

  /// Adds the rows of `later`, which has the same properties, behind the rows so far.
  package mutating func absorb(_ later: EventStoreBuilder) {
    let count = eventCount
    batchedCustomers.absorb(later.batchedCustomers)
    let eventOf = events.absorb(later.events)
    eventCodes.append(contentsOf: later.eventCodes.lazy.map { eventOf[Int($0)] })
    if !orders.isEmpty || !later.orders.isEmpty {
      while orders.count < count { orders.append(.nan) }
      orders.append(contentsOf: later.orders)
      while orders.count < count + later.eventCount { orders.append(.nan) }
    }
    instants.append(contentsOf: later.instants)
    for index in properties.indices { properties[index].absorb(later.properties[index], after: count) }
  }

  /// The store of all rows, in about `buckets` buckets (rounded up to a power of two), or in as many as keep a bucket
  /// at about 64 K customers.
  package consuming func finish(buckets: Int? = nil) -> EventStore {
    batchedCustomers.flush()
    return finished(buckets: buckets)
  }

  /// The store, once no customer waits.
  private func finished(buckets: Int?) -> EventStore {
    let customers = batchedCustomers.values
    let finished = properties.map { $0.finished(zone: zone) }
    let schema = StoreSchema(
      events: (0..<events.count).map { events.text(of: $0) }, properties: finished.map(\.property), session: session)
    let order = RowOrder(
      of: batchedCustomers.codes, customers,
      buckets: EventStore.bucketCount(customers: customers.count, wanted: buckets))
    let made = concurrentMap(count: order.bucketCount) { bucket in
      self.bucket(bucket, in: order, customers, tables: finished.map(\.table))
    }
    return EventStore(schema: schema, buckets: made)
  }

  private func bucket(_ index: Int, in order: RowOrder, _ customers: ByteDictionary, tables: [PropertyTable]) -> Bucket
  {
    let ranks = order.bucketRanks[index]..<order.bucketRanks[index + 1]
    let rows = order.rows[order.rankRows[ranks.lowerBound]..<order.rankRows[ranks.upperBound]]
    let sorted = order.sorted(rows, ranks: ranks, instants: instants, orders: orders)[...]
    let start = order.rankRows[ranks.lowerBound]
    return Bucket(
      customers: ranks.map { customers.text(of: Int(order.customers[$0])) },
      offsets: (ranks.lowerBound...ranks.upperBound).map { UInt32(order.rankRows[$0] - start) },
      instants: sorted.map { instants[Int($0)] },
      events: CodeColumn(sorted.map { eventCodes[Int($0)] }),
      orders: orders.isEmpty ? nil : sorted.map { Int($0) < orders.count ? orders[Int($0)] : .nan },
      properties: zip(properties, tables).map { $0.column(of: sorted, table: $1) })
  }
}
