import Dispatch
import EventStore
import Foundation

/// Makes things on all cores, out of what the thread that owns the database fetches for them, while that thread takes those that
/// are ready. No more are in memory than are being made, and as many again.
enum PackingLine {
  /// For each number in turn, `fetch` on this thread, `make` on any, and `take` on this one again, in any order. What has been
  /// taken was fetched after all that stands before it in `numbers`. What any of them throws ends it, once nobody makes a thing
  /// any more.
  static func run<Input: Sendable, Output: Sendable>(
    _ numbers: some Collection<Int>, threads: Int = max(1, ProcessInfo.processInfo.activeProcessorCount),
    fetch: (Int) throws -> Input, make: @escaping @Sendable (Input) throws -> Output,
    take: (Output) throws -> Void
  ) throws {
    let fetched = BoundedQueue<Input>(capacity: 2 * threads)
    let ready = BoundedQueue<Result<Output, any Error>>(capacity: 2 * threads)
    let group = DispatchGroup()
    for _ in 0..<min(threads, numbers.count) {
      DispatchQueue.global().async(group: group) {
        while let input = fetched.take(), ready.put(Result { try make(input) }) {}
      }
    }
    defer {
      fetched.close()
      ready.close()
      group.wait()
    }
    // Never more than there is room for, so that neither queue lets this thread wait for room.
    var left = numbers.makeIterator()
    for _ in 0..<2 * threads {
      if let number = left.next() { _ = fetched.put(try fetch(number)) }
    }
    for _ in numbers {
      guard let made = ready.take() else { return }
      if let number = left.next() { _ = fetched.put(try fetch(number)) }
      try take(made.get())
    }
  }
}
