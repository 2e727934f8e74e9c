/// A store in the making: what saving asks for, bucket after bucket, so that never all of them need to be in memory.
package protocol EventStoreDraft: Sendable {
  var schema: StoreSchema { get }
  /// A power of two; customers are dealt out as `EventStore` says.
  var bucketCount: Int { get }
  /// Makes a bucket, whose columns are in memory. Called from several threads, for each index once; what it throws ends
  /// the saving.
  func bucket(_ index: Int) throws -> Bucket
}

extension EventStore: EventStoreDraft {
  package var bucketCount: Int { buckets.count }
  package func bucket(_ index: Int) -> Bucket { buckets[index] }

  /// The whole of a draft.
  package init(_ draft: any EventStoreDraft) throws {
    if let store = draft as? EventStore {
      self = store
      return
    }
    let made = concurrentMap(count: draft.bucketCount) { index in Result { try draft.bucket(index) } }
    self.init(schema: draft.schema, buckets: try made.map { try $0.get() })
  }

  /// The same store with all of its columns in memory.
  package var held: EventStore { EventStore(schema: schema, buckets: buckets.map(\.held), faults: faults) }
}
