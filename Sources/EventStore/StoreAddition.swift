/// What a later load adds to a store, bucket by bucket, in the codes of both together.
///
/// Only for loads that fit a store as it is: known properties keep their kinds and buckets their customers. Codes of the store
/// stay what they are, as names and values that are new come behind the known ones.
package struct StoreAddition: Sendable {
  /// Of both together.
  package let schema: StoreSchema
  /// Events of each code that come.
  package let eventCounts: [Int]
  package let span: ClosedRange<Int64>?
  private let buckets: [Bucket]
  private let union: SchemaUnion
  private let kept: StoreSchema

  /// Nil where the store has to be written anew.
  package init?(_ later: EventStore, to store: EventStore) {
    let plan = MergePlan(store.schema, later.schema)
    let hasKept = zip(store.schema.properties, plan.entries).allSatisfy { $0.name == $1.name && $0.kind == $1.kind }
    // A text property without a value stands for one of any kind.
    guard plan.changes.isEmpty, hasKept, plan.texts(ofEarlier: false).isEmpty,
      later.buckets.count <= store.buckets.count,
      EventStore.bucketCount(events: store.eventCount + later.eventCount) <= store.buckets.count
    else { return nil }
    union = SchemaUnion(store.schema, later.schema, plan)
    (schema, kept, span) = (union.schema, store.schema, later.span)
    buckets = later.rebucketed(to: store.buckets.count).buckets
    var counts = [Int](repeating: 0, count: schema.events.count)
    for bucket in later.buckets {
      for (code, count) in bucket.events.histogram(later.schema.events.count).enumerated() {
        counts[union.code(ofLater: code)] += count
      }
    }
    eventCounts = counts
  }

  /// Buckets that rows go to.
  package var touched: [Int] { buckets.indices.filter { buckets[$0].eventCount > 0 } }

  /// The rows that go to a bucket, merged behind those that came later before.
  package func rows(of bucket: Int, behind known: Bucket?) -> Bucket {
    let none = Bucket(
      customers: [], offsets: [0], instants: [], events: CodeColumn([]), orders: nil,
      properties: kept.properties.map { PropertyColumn(missing: 0, kind: $0.kind) })
    return union.merge(known ?? none, buckets[bucket])
  }

  /// Customers of `rows` that `base` does not have.
  package static func added(_ rows: Bucket, to base: Bucket) -> Int {
    let (known, new) = (base.customers, rows.customers)
    var (place, added) = (0, 0)
    for customer in new {
      // Steps that double, then halves: few come where many are.
      var (step, end) = (1, place)
      while end < known.count, known[end].utf8.lexicographicallyPrecedes(customer.utf8) {
        place = end + 1
        end = place + step
        step *= 2
      }
      end = min(end, known.count)
      while place < end {
        let middle = (place + end) / 2
        if known[middle].utf8.lexicographicallyPrecedes(customer.utf8) { place = middle + 1 } else { end = middle }
      }
      if place == known.count || !known[place].utf8.elementsEqual(customer.utf8) { added += 1 }
    }
    return added
  }

  /// `base` with `rows` in it, in memory.
  package static func merged(_ base: Bucket, _ rows: Bucket) -> Bucket {
    let order = MergeOrder(base, rows)
    return Bucket(
      customers: order.customers, offsets: order.offsets, instants: order.gather(base.instants, rows.instants),
      events: order.gather(base.events, rows.events), orders: order.orders(base, rows),
      properties: rows.properties.indices.map { index in
        let later = rows.properties[index]
        return order.property(later.kind, base.properties.indices.contains(index) ? base.properties[index] : nil, later)
      })
  }
}
