/// A store in the making behind another one in the making, bucket by bucket, so that neither has to be in memory. What becomes of both
/// is as in a `StoreAddition`.
package struct AppendedDraft<Earlier: EventStoreDraft, Later: EventStoreDraft>: EventStoreDraft
where Earlier.Failure == Later.Failure {
  package typealias Failure = Later.Failure

  package var schema: StoreSchema { union.schema }
  package let changes: [EventStore.KindChange]
  package var eventCount: Int { earlier.eventCount + later.eventCount }
  package private(set) var bucketCount: Int
  private var earlier: Earlier
  private var later: Later
  private let union: SchemaUnion
  private let earlierTexts: TextedProperties
  private let laterTexts: TextedProperties

  package init(_ later: Later, behind earlier: Earlier) throws(Failure) {
    let plan = MergePlan(earlier.schema, later.schema)
    earlierTexts = try TextedProperties(plan.texts(ofEarlier: true), of: earlier)
    laterTexts = try TextedProperties(plan.texts(ofEarlier: false), of: later)
    union = SchemaUnion(earlierTexts.schema, laterTexts.schema, plan)
    changes = plan.changes
    let count = max(
      earlier.bucketCount, later.bucketCount,
      EventStore.bucketCount(events: earlier.eventCount + later.eventCount))
    (bucketCount, self.earlier, self.later) = (count, earlier.rebucketed(to: count), later.rebucketed(to: count))
  }

  package func bucket(_ index: Int) throws(Failure) -> Bucket {
    Bucket(
      merging: union.earlier(earlierTexts.texted(try earlier.bucket(index))),
      union.later(laterTexts.texted(try later.bucket(index))))
  }

  package func eventCounts() throws(Failure) -> [Int] {
    zip(try earlier.eventCounts(), try later.eventCounts()).map(+)
  }

  package func rebucketed(to count: Int) -> AppendedDraft {
    var copy = self
    (copy.bucketCount, copy.earlier, copy.later) = (count, earlier.rebucketed(to: count), later.rebucketed(to: count))
    return copy
  }
}
