import Dispatch
import EventStore
import JourneyQuery
import Synchronization

/// Some customers of a bucket: what one thread works on at a time, and after which it looks whether to stop.
struct CustomerBlock: Sendable {
  let bucket: Int
  let customers: Range<Int>
}

extension EventStore {
  /// All customers in blocks of about `size` events; a customer is never cut.
  func blocks(ofEvents size: Int = 32_768) -> [CustomerBlock] {
    var blocks: [CustomerBlock] = []
    for (index, bucket) in buckets.enumerated() {
      let offsets = bucket.offsets
      var first = 0
      for customer in 0..<bucket.customerCount
      where Int(offsets[customer + 1]) - Int(offsets[first]) >= size || customer + 1 == bucket.customerCount {
        blocks.append(CustomerBlock(bucket: index, customers: first..<customer + 1))
        first = customer + 1
      }
    }
    return blocks
  }

  /// Reads all blocks on `threads` threads. Each thread makes a part of its own and takes whichever block is next, so
  /// what a part holds is left to chance: only what does not depend on it may be read off the parts.
  ///
  /// Of a `sample`, only every so many blocks are read. Throws `cancelled` if the run was stopped before the last block
  /// was read.
  func scan<Part: Sendable>(
    every sample: Int = 1, threads: Int, _ run: Run, part make: @Sendable () -> Part,
    _ read: @Sendable (inout Part, Bucket, Range<Int>) -> Void
  ) throws(ExecutionError) -> [Part] {
    try run.check()
    let all = blocks()
    let blocks = sample > 1 ? stride(from: 0, to: all.count, by: sample).map { all[$0] } : all
    run.begin(eventCount / max(1, sample))
    let next = Atomic(0)
    let parts = Mutex<[Part]>([])
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, blocks.count))) { _ in
      var part = make()
      while !run.isCancelled {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < blocks.count else { break }
        let (bucket, customers) = (buckets[blocks[index].bucket], blocks[index].customers)
        read(&part, bucket, customers)
        let offsets = bucket.offsets
        run.advance(Int(offsets[customers.upperBound]) - Int(offsets[customers.lowerBound]))
      }
      let made = part
      parts.withLock { $0.append(made) }
    }
    try run.check()
    return parts.withLock { $0 }
  }
}
