import Dispatch
import EventStore
import Foundation
import Synchronization

/// Makes and packs the buckets of a draft on all cores while the thread that owns the database writes those that are ready. No
/// more buckets are in memory than are being made, and as many again.
final class PackingLine: Sendable {
  private struct State {
    var ready: [(number: Int, made: Result<PackedBucket, any Error>)] = []
    var isStopped = false
  }
  private let state = Mutex(State())
  private let items = DispatchSemaphore(value: 0)
  /// Begins at 0, as a semaphore must not end below what it began with.
  private let room = DispatchSemaphore(value: 0)
  private let next = Atomic(0)
  private let count: Int
  private let make: @Sendable (Int) throws -> PackedBucket

  init(count: Int, threads: Int, _ make: @escaping @Sendable (Int) throws -> PackedBucket) {
    (self.count, self.make) = (count, make)
    for _ in 0..<threads * 2 { room.signal() }
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
      line.stop(threads)
      group.wait()
    }
    for _ in 0..<count {
      line.items.wait()
      guard let (number, made) = line.state.withLock({ $0.ready.popLast() }) else { continue }
      line.room.signal()
      try take(number, try made.get())
    }
  }

  private func work() {
    while true {
      room.wait()
      let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard number < count, !state.withLock({ $0.isStopped }) else { return }
      let made = Result { try make(number) }
      state.withLock { $0.ready.append((number, made)) }
      items.signal()
    }
  }

  private func stop(_ threads: Int) {
    state.withLock { state in
      state.isStopped = true
      state.ready = []
    }
    for _ in 0..<threads { room.signal() }
  }
}
