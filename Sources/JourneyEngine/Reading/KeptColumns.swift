import EventStore
import Synchronization

/// The columns worked out last: blocks of one bucket are read one after the other.
final class KeptColumns: Sendable {
  private struct Key: Hashable {
    let bucket, place: Int
  }
  private struct Kept {
    var columns: [Key: PropertyColumn] = [:]
    /// The oldest first.
    var order: [Key] = []
  }
  private let kept = Mutex(Kept())

  /// As many as threads may be at, and more; each takes at most nine bytes for an event of a bucket.
  private static let most = 64

  func column(bucket: Int, _ place: Int, _ make: () -> PropertyColumn) -> PropertyColumn {
    let key = Key(bucket: bucket, place: place)
    if let known = kept.withLock({ $0.columns[key] }) { return known }
    let made = make()
    kept.withLock { kept in
      if kept.columns.updateValue(made, forKey: key) == nil { kept.order.append(key) }
      if kept.order.count > Self.most { kept.columns[kept.order.removeFirst()] = nil }
    }
    return made
  }
}

/// The ids of all customers, bucket by bucket, once one is asked for.
final class CustomerTexts: StoredTexts {
  let count: Int
  private let buckets: [Bucket]
  private let known: Mutex<[String]?> = Mutex(nil)

  init(_ store: EventStore) {
    (buckets, count) = (store.buckets, store.customerCount)
  }

  var memory: Int { 0 }
  var texts: [String] {
    known.withLock { known in
      let texts = known ?? buckets.flatMap(\.customers)
      known = texts
      return texts
    }
  }
}
