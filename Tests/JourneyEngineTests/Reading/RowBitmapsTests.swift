import JourneyTime
import TestSupport
import Testing

@testable import JourneyEngine

@Suite struct RowBitmapsTests {
  @Test(arguments: 0..<30) func `look-ups find what a walk from row to row finds`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let start = Int.random(in: 0...200, using: &random)
    let rows = start..<start + random.pick([1, 63, 64, 65, 128, 300])
    var bitmaps = RowBitmaps(planes: 3, rows: rows)
    let sparse = random.pick([2, 20, 200])
    var expected = [Int: Set<Int>]()
    for plane in 0..<3 {
      for row in rows where random.one(in: sparse) {
        bitmaps[plane, row] = true
        expected[plane, default: []].insert(row)
      }
    }
    for _ in 0..<300 {
      let plane = Int.random(in: 0..<3, using: &random)
      let lower = Int.random(in: rows.lowerBound...rows.upperBound, using: &random)
      let range = lower..<Int.random(in: lower...rows.upperBound, using: &random)
      let set = range.filter { expected[plane, default: []].contains($0) }
      #expect(bitmaps.first(plane, in: range) == set.first)
      #expect(bitmaps.last(plane, in: range) == set.last)
      #expect(bitmaps.count(plane, in: range) == set.count)
    }
  }
}

@Suite struct QuantileTests {
  @Test(arguments: 0..<40) func `a quantile is that of the sorted values`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let most: Int64 = random.pick([0, 1, 40, 5_000, 10_000_000_000, .max / 2])
    let values = (0..<random.pick([1, 2, 511, 513, 3_000])).map { _ in
      random.one(in: 3) ? Int64.random(in: 0...most, using: &random) : Int64.random(in: 0...most / 50, using: &random)
    }
    let sorted = values.sorted()
    for tenths in [0, 1, 5, 9, 10] {
      let (rank, rest) = ((values.count - 1) * tenths / 10, (values.count - 1) * tenths % 10)
      let (low, high) = (sorted[rank], sorted[min(rank + 1, sorted.count - 1)])
      let (whole, tenth) = (high - low).quotientAndRemainder(dividingBy: 10)
      let expected = low + whole * Int64(rest) + tenth * Int64(rest) / 10
      #expect(quantile(tenths: tenths, of: values) == Duration(microseconds: expected))
    }
  }

  @Test func `a quantile is that of all values where a sample of them misleads`() {
    // Of so many values every second is looked at first.
    let values = (0..<8_193).map { Int64($0 % 2 == 0 ? 1_000_000 + $0 : $0) }
    for cut in [0, 1, 4_000, 8_193] {
      #expect(quantile(tenths: 5, of: [values[..<cut], values[cut...]]) == Duration(microseconds: 1_000_000))
    }
  }
}
