/// A later load behind a store, bucket by bucket, so that neither has to be in memory: at one moment of a customer, the store's
/// events come first.
///
/// Properties of one name become one; if their kinds differ, text (numbers and times in their canonical form), unless one
/// of the two has no value at all. New properties, event names and values stand behind the known ones.
package struct StoreAddition<Later: EventStoreDraft>: Sendable {
  /// Of both together.
  package let schema: StoreSchema
  package let changes: [EventStore.KindChange]
  package let bucketCount: Int
  /// Whether all has to be written anew, because known properties change their kinds or buckets their customers. Else what is
  /// known stays as it is.
  package let isAnew: Bool
  private let known: EventStore
  private let later: Later
  private let union: SchemaUnion
  private let earlierTexts: TextedProperties
  private let laterTexts: TextedProperties

  /// Reads properties that become text, and the dictionaries of the others.
  package init(_ later: Later, to store: EventStore) throws(Later.Failure) {
    let plan = MergePlan(store.schema, later.schema)
    earlierTexts = TextedProperties(plan.texts(ofEarlier: true), of: store)
    laterTexts = try TextedProperties(plan.texts(ofEarlier: false), of: later)
    // Dictionaries are united only now, when what becomes text has one.
    union = SchemaUnion(earlierTexts.schema, laterTexts.schema, plan)
    (schema, changes) = (union.schema, plan.changes)
    bucketCount = max(
      store.buckets.count, later.bucketCount,
      EventStore.bucketCount(events: store.eventCount + later.eventCount))
    // A text property without a value stands for one of any kind.
    let hasKept = zip(store.schema.properties, plan.entries).allSatisfy { $0.name == $1.name && $0.kind == $1.kind }
    isAnew =
      !union.keepsEarlier || !hasKept || !plan.changes.isEmpty || !laterTexts.isEmpty
      || bucketCount > store.buckets.count
    known = store.rebucketed(to: max(1, store.buckets.count))
    self.later = later.rebucketed(to: bucketCount)
  }

  /// The code of an event of the store: the same, unless the store has an event's name twice.
  package func code(ofKnown code: Int) -> Int { union.code(ofEarlier: code) }

  /// Events that come to each bucket.
  package func eventCounts() throws(Later.Failure) -> [Int] { try later.eventCounts() }

  /// The rows that come to a bucket, in the codes of both.
  package func rows(of bucket: Int) throws(Later.Failure) -> Bucket {
    union.later(laterTexts.texted(try later.bucket(bucket)))
  }

  /// The bucket of the store that has the known customers of a bucket, and perhaps those of others.
  package func source(of bucket: Int) -> Int { bucket / factor }

  /// A bucket with the rows that come to it, in memory; `source` itself where nothing of it changes.
  package func bucket(_ index: Int, of source: Bucket, with rows: Bucket) -> Bucket {
    let earlier = union.earlier(earlierTexts.texted(source.part(index, of: bucketCount, by: factor)))
    return rows.eventCount == 0 ? earlier : Bucket(merging: earlier, rows)
  }

  /// Both together.
  package func store() throws(Later.Failure) -> EventStore {
    EventStore(
      schema: schema,
      buckets: try EventStore.made(bucketCount) { index throws(Later.Failure) in
        bucket(index, of: known.buckets[source(of: index)], with: try rows(of: index))
      })
  }

  private var factor: Int { bucketCount / known.buckets.count }
}

extension Bucket {
  /// How many customers of this bucket `base` does not have.
  package func customers(newTo base: Bucket) -> Int {
    let known = base.customers
    var (place, added) = (0, 0)
    for customer in customers {
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
}
