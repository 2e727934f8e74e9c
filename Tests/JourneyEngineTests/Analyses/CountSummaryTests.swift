import EventStore
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

@testable import JourneyEngine

/// What the summaries of saved buckets say is what their events say.
@Suite struct CountSummaryTests {
  @Test(arguments: 1...40 as ClosedRange<UInt64>) func `counts by day are those of the events`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let hour: Int64 = 3_600_000_000
    let rows = (0..<Int.random(in: 1...300, using: &random)).map { _ in
      // Days before 1970 too.
      EventRow(
        customer: "u\(Int.random(in: 0..<20, using: &random))",
        instant: Int64.random(in: -100...60, using: &random) * hour, name: random.pick(["A", "B", "C"]))
    }
    let held = EventStore(rows: rows, buckets: random.pick([1, 4]))
    let packed = PackedStore(held, budget: random.pick([0, .max])).store
    #expect(packed.buckets.allSatisfy { $0.eventCount == 0 || $0.daySummary != nil })
    for step in [nil, step("A"), step("*"), step("never")] {
      for unit in [nil, CalendarUnit.day, .week] {
        for zone in [Zone.utc, try #require(Zone("Asia/Kathmandu"))] {
          let query = CountQuery(step: step, scope: Scope(zone: zone), split: Split(per: unit))
          let expected = try EmbeddedEngine(held, threads: 1).count(query, Run())
          #expect(try EmbeddedEngine(packed, threads: 2).count(query, Run()) == expected)
        }
      }
    }
  }

  @Test func `a summary stays small beside its events`() {
    // Two events, ten thousand days apart.
    let rows = [Int64(0), 10_000].map {
      EventRow(customer: "u", instant: $0 * 86_400_000_000, name: "A")
    }
    #expect(PackedStore(EventStore(rows: rows, buckets: 1), budget: 0).store.buckets[0].daySummary == nil)
  }
}
