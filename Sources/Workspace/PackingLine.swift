import Dispatch
import EventStore
import Foundation
import Synchronization

/// Makes and packs the buckets of a draft on all cores while the thread that owns the database writes those that are ready. No
/// more buckets are in memory than are being made, and as many again.
final class PackingLine: Sendable {
  private typealias Made = (number: Int, bucket: Result<PackedBucket, any Error>)

  private let ready: BoundedQueue<Made>
  private let next = Atomic(0)
  private let count: Int
  private let make: @Sendable (Int) throws -> PackedBucket

  private init(count: Int, threads: Int, _ make: @escaping @Sendable (Int) throws -> PackedBucket) {
    (self.count, self.make) = (count, make)
    ready = BoundedQueue(capacity: threads)
  }

  /// Calls `take` on this thread for every bucket, in any order. What either throws ends it, once nobody makes a bucket any more.
  static func run(
    count: Int, threads: Int = max(1, ProcessInfo.processInfo.activeProcessorCount),
    make: @escaping @Sendable (Int) throws -> PackedBucket, take: (Int, PackedBucket) throws -> Void
  ) throws {
    let line = PackingLine(count: count, threads: threads, make)
    let group = DispatchGroup()
    for _ in 0..<min(threads, count) { DispatchQueue.global().async(group: group) { line.work() } }
    defer {
      line.ready.close()
      group.wait()
    }
    for _ in 0..<count {
      guard let made = line.ready.take() else { return }
      try take(made.number, try made.bucket.get())
    }
  }

  /// Until all are made or nobody takes them any more.
  private func work() {
    while true {
      let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard number < count, ready.put((number, Result { try make(number) })) else { return }
    }
  }
}
