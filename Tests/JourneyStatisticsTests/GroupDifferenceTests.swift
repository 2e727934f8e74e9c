import JourneyStatistics
import TestSupport
import Testing

/// Of means and of net promoter scores.
@Suite struct GroupDifferenceTests {
  /// Against scipy 1.17.1 (`Fixtures/make_comparisons.py`).
  @Test func means() throws {
    let rows = try Fixture.rows("means").map { $0.compactMap(Double.init) }
    #expect(rows.count == 18)
    for row in rows {
      let first = Sample(count: Int(row[0]), mean: row[1], variance: row[2])
      let second = Sample(count: Int(row[3]), mean: row[4], variance: row[5])
      let difference = try #require(between(first, second))
      expect(difference, p: row[7], row[8], row[9], level: row[6])
    }
  }

  /// Against mpmath (`Fixtures/make_comparisons.py`).
  @Test func promoters() throws {
    let rows = try Fixture.rows("promoters")
    #expect(rows.count == 18)
    for row in rows {
      let (counts, numbers) = (row[0].split(separator: " ").compactMap { Int($0) }, row[1...].compactMap { Double($0) })
      let difference = try #require(
        NetPromoterDifference(
          PromoterCounts(promoters: counts[0], passives: counts[1], detractors: counts[2]),
          PromoterCounts(promoters: counts[3], passives: counts[4], detractors: counts[5])))
      #expect(abs(difference.difference - numbers[1]) < 1e-12)
      expect(difference, p: numbers[2], numbers[3], numbers[4], level: numbers[0])
    }
  }

  private func between(_ first: Sample?, _ second: Sample?) -> MeanDifference? {
    guard let first, let second else { return nil }
    return MeanDifference(first, second)
  }

  private func expect(_ found: some GroupDifference, p: Double, _ low: Double, _ high: Double, level: Double) {
    let interval = found.interval(level: level)
    #expect(abs(found.p - p) <= 1e-9 * p, "\(found)")
    #expect(abs(interval.low - low) < 1e-9 && abs(interval.high - high) < 1e-9, "\(found)")
  }

  @Test(arguments: 0..<3) func `intervals leave out 0 where p is small enough`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    func sample() -> Sample? {
      Sample(
        count: 2 + random.next(40), mean: Double.random(in: 0...3, using: &random), variance: Double(1 + random.next(5))
      )
    }
    func counts() -> PromoterCounts {
      PromoterCounts(promoters: 1 + random.next(30), passives: random.next(30), detractors: random.next(30))
    }
    var refused = 0
    for _ in 0..<300 {
      let means = try #require(between(sample(), sample()))
      let scores = try #require(NetPromoterDifference(counts(), counts()))
      for difference in [means, scores] as [any GroupDifference] {
        for level in [0.95, 0.5, 1 - difference.p * 1.000_001, 1 - difference.p * 0.999_999] where level >= 0 {
          #expect(
            difference.interval(level: level).contains(0) == (difference.p >= 1 - level), "\(difference) \(level)")
        }
        refused += difference.p < 0.05 ? 1 : 0
      }
    }
    #expect(refused > 50)
  }

  /// Nine times the variance is three times the interval.
  @Test func widened() throws {
    let (first, second) = (Sample(count: 8, mean: 1, variance: 4), Sample(count: 6, mean: 3, variance: 2))
    let difference = try #require(between(first, second))
    let wider = try #require(difference.widened(by: 9))
    #expect(wider.difference == 2 && wider.degrees == difference.degrees && wider.p > difference.p)
    #expect(abs(2 - wider.interval.low - 3 * (2 - difference.interval.low)) < 1e-12)
    #expect(difference.widened(by: -1) == nil && difference.widened(by: .infinity) == nil)
  }

  @Test func edges() throws {
    #expect(Sample(count: 1, mean: 1, variance: 0) == nil && Sample(count: 2, mean: .nan, variance: 0) == nil)
    #expect(Sample(count: 2, mean: 1, variance: -1) == nil && Sample(count: 2, mean: 1, variance: .infinity) == nil)
    let same = Sample(count: 2, mean: 1, variance: 0)
    let other = try #require(between(same, Sample(count: Int.max, mean: 3, variance: 0)))
    #expect(other.p == 0 && other.interval == Interval(low: 2, high: 2))
    let none = try #require(between(same, same))
    #expect(none.p == 1 && none.interval == Interval(low: 0, high: 0) && none.interval(level: 1).contains(0))
    let far = Sample(count: 2, mean: 1.7e308, variance: 1.7e308)
    let opposite = Sample(count: 2, mean: -1.7e308, variance: 1.7e308)
    #expect(far != nil && opposite != nil && between(far, opposite) == nil)
    #expect(between(same, far)?.interval(level: 1) == Interval(low: -.infinity, high: .infinity))

    func promoters(_ up: Int, _ even: Int, _ down: Int) -> PromoterCounts {
      PromoterCounts(promoters: up, passives: even, detractors: down)
    }
    #expect(NetPromoterDifference(promoters(0, 0, 0), promoters(1, 0, 0)) == nil)
    #expect(NetPromoterDifference(promoters(1, 0, 0), promoters(0, 0, 0)) == nil)
    #expect(NetPromoterDifference(promoters(1, -1, 3), promoters(1, 0, 0)) == nil)
    let opposed = try #require(NetPromoterDifference(promoters(0, 0, 1), promoters(1, 0, 0)))
    #expect(opposed.difference == 2 && opposed.interval.high <= 2)
    #expect(opposed.interval(level: 1) == Interval(low: -2, high: 2))
    let vast = try #require(NetPromoterDifference(promoters(Int.max, 0, 0), promoters(Int.max, 0, 0)))
    #expect(vast.p == 1 && vast.interval == Interval(low: 0, high: 0))
  }
}
