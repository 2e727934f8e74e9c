import EventStore
import JourneyQuery
import Synchronization
import Testing

@testable import JourneyEngine

@Suite struct BlockScanTests {
  private let store = EventStore(rows: (0..<300).flatMap { journey("A0 B1", of: "u\($0)") }, buckets: 4)

  @Test func `blocks hold every customer once, in whole`() {
    for size in [1, 2, 3, 100, 10_000] {
      for bucket in store.buckets {
        let blocks = bucket.blocks(ofEvents: size)
        #expect(blocks.flatMap { Array($0) } == Array(0..<bucket.customerCount))
        #expect(blocks.allSatisfy { $0.count <= max(1, (size + 1) / 2) })
      }
    }
  }

  @Test func `a run that is stopped reads no further block`() {
    let run = Run()
    let reads = Atomic(0)
    #expect(throws: ExecutionError.cancelled) {
      _ = try store.scan(threads: 1, run, part: { 0 }) { _, _, _ in
        reads.add(1, ordering: .relaxed)
        run.cancel()
      }
    }
    #expect(reads.load(ordering: .relaxed) == 1)
    #expect(run.progress.whole == 600)
  }

  @Test(arguments: [1, 2, 7]) func `every thread has a part, and progress reaches the end`(threads: Int) throws {
    let run = Run()
    let parts = try store.scan(threads: threads, run, part: { 0 }) { part, bucket, customers in
      part += Int(bucket.offsets[customers.upperBound] - bucket.offsets[customers.lowerBound])
    }
    #expect(parts.reduce(0, +) == 600)
    #expect(run.progress == (600, 600))
  }
}
