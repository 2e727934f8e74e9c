import Dispatch
import EventStore
import JourneyQuery
import Synchronization

extension Bucket {
  /// All customers in blocks of about `size` events; a customer is never cut.
  func blocks(ofEvents size: Int = 32_768) -> [Range<Int>] {
    let offsets = self.offsets
    var (blocks, first): ([Range<Int>], Int) = ([], 0)
    while first < customerCount {
      // The first customer behind whom there are enough events.
      var (low, high) = (first + 1, customerCount)
      while low < high {
        let middle = (low + high) / 2
        if Int(offsets[middle]) - Int(offsets[first]) >= size { high = middle } else { low = middle + 1 }
      }
      blocks.append(first..<low)
      first = low
    }
    return blocks
  }
}

extension EventStore {
  /// Reads all customers in blocks, on `threads` threads. Each thread makes a part of its own and takes whatever is next, so
  /// what a part holds is left to chance: only what does not depend on it may be read off the parts.
  ///
  /// A thread first takes whole buckets, so that columns that have to be decoded are decoded by one thread each, side by side;
  /// when no bucket is left it helps with those that others have not finished.
  ///
  /// Of a `sample`, only about every so many blocks are read, of as few buckets as will do.
  ///
  /// Throws `cancelled` if the run was stopped before the last block was read, `damaged` or `replaced` if a column that was
  /// touched could not be read.
  func scan<Part: Sendable>(
    every sample: Int = 1, threads: Int, _ run: Run, part make: @Sendable () -> Part,
    _ read: @Sendable (inout Part, Bucket, Range<Int>) -> Void
  ) throws(ExecutionError) -> [Part] {
    try run.check()
    run.begin(eventCount / max(1, sample))
    let filled = buckets.filter { $0.customerCount > 0 }
    let bucketStep = max(1, min(sample, filled.count))
    let open = stride(from: 0, to: filled.count, by: bucketStep).map {
      OpenBucket(filled[$0], every: max(1, sample / bucketStep))
    }
    let next = Atomic(0)
    let parts = Mutex<[Part]>([])
    try readingWhole { () throws(ExecutionError) in
      DispatchQueue.concurrentPerform(iterations: open.isEmpty ? 1 : threads) { _ in
        var part = make()
        func finish(_ bucket: OpenBucket) {
          while !run.isCancelled, let (customers, events) = bucket.next() {
            read(&part, bucket.bucket, customers)
            run.advance(events)
          }
        }
        while !run.isCancelled {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard index < open.count else { break }
          finish(open[index])
        }
        for bucket in open { finish(bucket) }
        let made = part
        parts.withLock { $0.append(made) }
      }
      try run.check()
    }
    return parts.withLock { $0 }
  }

  /// What `body` makes of the store, unless a column that it touched could not be read.
  func readingWhole<Result>(_ body: () throws(ExecutionError) -> Result) throws(ExecutionError) -> Result {
    let known = faults?.count ?? 0
    let result = try body()
    guard let faults, faults.count > known, let fault = faults.latest else { return result }
    throw ExecutionError(fault)
  }
}

/// A bucket that threads take blocks of.
private final class OpenBucket: Sendable {
  let bucket: Bucket
  private let rest: Mutex<Rest?> = Mutex(nil)

  private struct Rest {
    let offsets: [UInt32]
    var blocks: ArraySlice<Range<Int>>
  }

  private let step: Int

  /// - Parameter step: every so many blocks are dealt out.
  init(_ bucket: Bucket, every step: Int) {
    (self.bucket, self.step) = (bucket, step)
  }

  /// The next block and how many events it has; nil once all are taken.
  func next() -> (customers: Range<Int>, events: Int)? {
    rest.withLock { rest in
      if rest == nil {
        let blocks = bucket.blocks()
        let dealt = stride(from: 0, to: blocks.count, by: step).map { blocks[$0] }
        rest = Rest(offsets: bucket.offsets, blocks: dealt[...])
      }
      guard let offsets = rest?.offsets, let block = rest?.blocks.popFirst() else { return nil }
      return (block, Int(offsets[block.upperBound]) - Int(offsets[block.lowerBound]))
    }
  }
}
