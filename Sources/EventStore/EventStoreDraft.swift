/// A store in the making: what saving asks for, bucket after bucket, so that never all of them need to be in memory.
package protocol EventStoreDraft: Sendable {
  /// Why a bucket cannot be made; ends the saving.
  associatedtype Failure: Error
  var schema: StoreSchema { get }
  var eventCount: Int { get }
  /// A power of two; customers are dealt out as `EventStore` says.
  var bucketCount: Int { get }
  /// Makes a bucket, whose columns are in memory. Called from several threads, and perhaps more than once.
  func bucket(_ index: Int) throws(Failure) -> Bucket
  /// Events of each bucket, which is not made for it.
  func eventCounts() throws(Failure) -> [Int]
  /// The same events in `count` buckets, a power of two and not fewer than there are.
  func rebucketed(to count: Int) -> Self
}

extension EventStore: EventStoreDraft {
  package typealias Failure = Never
  package var bucketCount: Int { buckets.count }
  package func bucket(_ index: Int) -> Bucket { buckets[index] }
  package func eventCounts() -> [Int] { buckets.map(\.eventCount) }

  package func rebucketed(to count: Int) -> EventStore {
    guard !buckets.isEmpty else {
      let none = Bucket(
        customers: [], offsets: [0], instants: [], events: CodeColumn([]), orders: nil,
        properties: schema.properties.map { PropertyColumn(missing: 0, kind: $0.kind) })
      return EventStore(schema: schema, buckets: Array(repeating: none, count: count))
    }
    let factor = count / buckets.count
    guard factor > 1 else { return self }
    return EventStore(
      schema: schema, buckets: concurrentMap(count: count) { buckets[$0 / factor].part($0, of: count, by: factor) })
  }

  /// The whole of a draft.
  package init<Draft: EventStoreDraft>(_ draft: Draft) throws(Draft.Failure) {
    if let store = draft as? EventStore {
      self = store
      return
    }
    self.init(
      schema: draft.schema,
      buckets: try Self.made(draft.bucketCount) { index throws(Draft.Failure) in try draft.bucket(index) })
  }

  static func made<Failure>(
    _ count: Int, _ bucket: @Sendable (Int) throws(Failure) -> Bucket
  ) throws(Failure) -> [Bucket] {
    try concurrentMap(count: count) { index in Result { () throws(Failure) in try bucket(index) } }
      .map { made throws(Failure) in try made.get() }
  }

  /// The same store with all of its columns in memory.
  package var held: EventStore { EventStore(schema: schema.held, buckets: buckets.map(\.held), faults: faults) }
}

extension StoreSchema {
  /// The same with all texts in memory: what is to take the place of a store may not read them of it then.
  package var held: StoreSchema {
    var held = self
    for (index, property) in properties.enumerated() where property.kind == .text {
      held.properties[index].dictionary = property.dictionary
    }
    return held
  }
}
