import Foundation
import JourneyStatistics
import TestSupport
import Testing

@Suite struct ProportionDifferenceTests {
  /// Against mpmath, and statsmodels with its issue 10269 mended (`Fixtures/make_comparisons.py`); also up to a billion people.
  @Test func known() throws {
    let rows = try Fixture.rows("proportions")
    #expect(rows.count == 75)
    for row in rows {
      let counts = row[0..<4].compactMap { Int($0) }
      let numbers = row[4...].compactMap { Double($0) }
      let difference = try #require(Self.difference(counts[0], counts[1], counts[2], counts[3]))
      let interval = difference.interval(level: numbers[0])
      #expect(abs(difference.p - numbers[1]) <= 1e-9 * numbers[1], "\(row): \(difference.p)")
      #expect(abs(interval.low - numbers[2]) < 1e-11 && abs(interval.high - numbers[3]) < 1e-11, "\(row): \(interval)")
    }
  }

  /// R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17 (1998), table II,
  /// method 6.
  @Test(arguments: [
    ([56, 70, 48, 80], 0.0528, 0.3382), ([9, 10, 3, 10], 0.1700, 0.8406), ([6, 7, 2, 7], 0.0342, 0.8534),
  ])
  func published(counts: [Int], low: Double, high: Double) throws {
    let interval = try #require(Self.difference(counts[2], counts[3], counts[0], counts[1])).interval
    #expect(abs(interval.low - low) < 5e-5 && abs(interval.high - high) < 5e-5)
  }

  /// The ends are where the test just does not refuse a difference; the likeliest rates are looked for on a grid that gets finer.
  @Test(arguments: 0..<3) func `the interval is what the test does not refuse`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for _ in 0..<40 {
      let groups = Self.some(&random, largest: 40)
      let difference = try #require(Self.difference(groups[0], groups[1], groups[2], groups[3]))
      let interval = difference.interval(level: 0.9)
      for end in [interval.low, interval.high] where abs(end) < 1 {
        #expect(abs(Self.statistic(groups, end)) - 1.6448536269514722 < 1e-5, "\(groups) \(end)")
        let beyond = end + (end - difference.difference) * 1e-3 + (end < difference.difference ? -1e-6 : 1e-6)
        #expect(abs(beyond) > 1 || abs(Self.statistic(groups, beyond)) > 1.6448536269514722, "\(groups) \(end)")
      }
    }
  }

  /// Also at levels so near to p that only the last digits tell.
  @Test(arguments: 0..<4) func `the interval leaves out 0 where p is small enough`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var refused = 0
    for _ in 0..<150 {
      let groups = Self.some(&random, largest: random.one(in: 3) ? 100_000 : 60)
      let difference = try #require(Self.difference(groups[0], groups[1], groups[2], groups[3]))
      let near = 1 - difference.p
      for level in [0.95, 0.5, near, near.nextUp, near.nextDown, 1 - difference.p * 1.000_001]
      where (0..<1).contains(level) {
        let isOut = !difference.interval(level: level).contains(0)
        #expect(isOut == (difference.p < 1 - level), "\(groups) \(level)")
        refused += isOut ? 1 : 0
      }
      #expect(difference.interval.contains(difference.difference))
    }
    #expect(refused > 50)
  }

  /// Groups change places, failures stand for successes: the interval is the mirror image.
  @Test(arguments: 0..<2) func mirrored(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for _ in 0..<100 {
      let groups = Self.some(&random, largest: 500)
      let (a, n, b, m) = (groups[0], groups[1], groups[2], groups[3])
      let difference = try #require(Self.difference(a, n, b, m))
      for other in [Self.difference(b, m, a, n), Self.difference(n - a, n, m - b, m)] {
        let (interval, mirror) = (difference.interval, try #require(other).interval)
        #expect(abs(interval.low + mirror.high) < 1e-12 && abs(interval.high + mirror.low) < 1e-12, "\(groups)")
      }
    }
  }

  @Test func edges() throws {
    #expect(Proportion(0, of: 0) == nil && Proportion(-1, of: 3) == nil && Proportion(4, of: 3) == nil)
    for groups in [[0, 1, 0, 1], [5, 5, 9, 9], [0, Int.max, 0, 1], [1, 3, 2, 6]] {
      let difference = try #require(Self.difference(groups[0], groups[1], groups[2], groups[3]))
      #expect(difference.p == 1 && difference.interval.contains(0))
    }
    let all = try #require(Self.difference(0, 10, 10, 10))
    #expect(all.interval.high == 1 && all.p < 1e-4)
    let vast = try #require(Self.difference(0, Int.max, Int.max, Int.max))
    #expect(vast.p == 0 && vast.interval.low > 0.999)
    for level in [1, 2, Double.nan, .infinity] { #expect(all.interval(level: level) == Interval(low: -1, high: 1)) }
    for level in [0, -1, -Double.infinity] { #expect(all.interval(level: level) == Interval(low: 1, high: 1)) }
  }

  private static func difference(_ a: Int, _ n: Int, _ b: Int, _ m: Int) -> ProportionDifference? {
    guard let first = Proportion(a, of: n), let second = Proportion(b, of: m) else { return nil }
    return ProportionDifference(first, second)
  }

  /// Two groups, of which sometimes none or all succeed.
  private static func some(_ random: inout SeededRandom, largest: Int) -> [Int] {
    (0..<2).flatMap { _ in
      let whole = 1 + random.next(largest)
      return [random.one(in: 5) ? random.pick([0, whole]) : random.next(whole + 1), whole]
    }
  }

  /// By its definition.
  private static func statistic(_ groups: [Int], _ difference: Double) -> Double {
    let counts = groups.map(Double.init)
    func term(_ count: Double, _ rate: Double) -> Double { count == 0 ? 0 : count * log(max(0, rate)) }
    func likelihood(_ rate: Double) -> Double {
      term(counts[0], rate) + term(counts[1] - counts[0], 1 - rate)
        + term(counts[2], rate + difference) + term(counts[3] - counts[2], 1 - rate - difference)
    }
    var (low, high) = (max(0, -difference), min(1, 1 - difference))
    for _ in 0..<16 {
      let places = (0...20).map { low + (high - low) * Double($0) / 20 }
      let best = places.indices.max { likelihood(places[$0]) < likelihood(places[$1]) } ?? 0
      (low, high) = (places[max(0, best - 1)], places[min(20, best + 1)])
    }
    let (rate, all) = ((low + high) / 2, counts[1] + counts[3])
    let other = rate + difference
    let variance = (rate * (1 - rate) / counts[1] + other * (1 - other) / counts[3]) * all / (all - 1)
    return (counts[2] / counts[3] - counts[0] / counts[1] - difference) / variance.squareRoot()
  }
}
