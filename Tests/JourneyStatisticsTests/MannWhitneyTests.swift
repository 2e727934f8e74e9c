import JourneyStatistics
import TestSupport
import Testing

@Suite struct MannWhitneyTests {
  /// Against scipy 1.17.1 (`Fixtures/make_comparisons.py`).
  @Test func known() throws {
    let rows = try Fixture.rows("ranks")
    #expect(rows.count == 8)
    for row in rows {
      let (u, p) = (try #require(Double(row[2])), try #require(Double(row[3])))
      let test = try #require(MannWhitneyTest(Fixture.numbers(row[0]), Fixture.numbers(row[1])))
      #expect(test.u == u && abs(test.p - p) <= 1e-12 * p, "\(row): \(test)")
    }
  }

  /// By all pairs, and by the variance as textbooks have it.
  @Test(arguments: 0..<3) func `pairs, one by one`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for _ in 0..<300 {
      let values = (0..<2).map { _ in (0...random.next(20)).map { _ in Double(random.next(8)) }.sorted() }
      let test = try #require(MannWhitneyTest(values[0], values[1]))
      let u = values[0].reduce(0.0) { sum, one in
        sum + values[1].reduce(0.0) { $0 + (one > $1 ? 1 : one == $1 ? 0.5 : 0) }
      }
      #expect(test.u == u)
      let (n, m) = (Double(values[0].count), Double(values[1].count))
      let ties = Dictionary(grouping: values[0] + values[1]) { $0 }.values.reduce(0.0) { sum, same in
        let t = Double(same.count)
        return sum + t * t * t - t
      }
      let deviation = (n * m / 12 * (n + m + 1 - ties / (n + m) / (n + m - 1))).squareRoot()
      let p = deviation < 1e-9 ? 1 : 2 * normalProbability(below: -abs(u - n * m / 2) / deviation)
      #expect(abs(test.p - p) < 1e-12)
      #expect(MannWhitneyTest(values[1], values[0])?.p == test.p)
      let tables = values.map { list in Set(list).sorted().map { one in (value: one, count: list.count { $0 == one }) }
      }
      #expect(MannWhitneyTest(tables[0], tables[1]) == test)
    }
  }

  @Test func edges() throws {
    #expect(MannWhitneyTest([Double](), [1]) == nil && MannWhitneyTest([1], [Double]()) == nil)
    #expect(MannWhitneyTest([(value: 1, count: 0)], [(value: 1, count: 3)]) == nil)
    #expect(MannWhitneyTest([(value: 1, count: 4), (value: 2, count: -1)], [(value: 1, count: 3)]) == nil)
    #expect(MannWhitneyTest([2, 1], [1]) == nil && MannWhitneyTest([1], [3, 4, 2]) == nil)
    #expect(MannWhitneyTest([1, .nan], [1.0]) == nil && MannWhitneyTest([.nan], [.nan, 2.0]) == nil)
    #expect(MannWhitneyTest([3, 3], [3, 3, 3])?.p == 1)
    #expect(MannWhitneyTest([5], [5])?.p == 1)
    #expect(MannWhitneyTest([1, .infinity], [2.0, .infinity])?.u == 1.5)
    // A billion each, all but one the same: the one decides nothing.
    let vast = try #require(
      MannWhitneyTest([(value: 1, count: 1_000_000_000)], [(value: 1, count: 999_999_999), (value: 2, count: 1)]))
    #expect(abs(vast.p - 0.31731) < 1e-5)
    #expect(MannWhitneyTest([(value: 1, count: Int.max)], [(value: 2, count: Int.max)])?.p == 0)
  }
}
