import JourneyStatistics
import TestSupport
import Testing

@Suite struct DetectableDifferenceTests {
  private static let deviations = (1.959963984540054, 0.8416212335729143)

  /// Against statsmodels 0.15.0 (`Fixtures/make_comparisons.py`).
  @Test func known() throws {
    let rows = try Fixture.rows("sample-sizes")
    #expect(Set(rows.map { $0[0] }) == ["rates", "means"])
    for row in rows {
      let (what, first) = (Fixture.numbers(row[1]), try #require(Double(row[2])))
      let ratio = try #require(what.last)
      let sizes = try #require(
        row[0] == "rates"
          ? sampleSizes(rates: (what[0], what[1]), ratio: ratio)
          : sampleSizes(difference: what[0], variances: (1, 1), ratio: ratio))
      #expect(
        sizes.first == Int(first.rounded(.up)) && sizes.second == Int((first * ratio).rounded(.up)), "\(row): \(sizes)")
    }
  }

  /// The difference is what the formula says of it, and no smaller one is.
  @Test(arguments: 0..<3) func formula(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var found = 0
    for _ in 0..<500 {
      let rate = random.one(in: 10) ? 0 : Double.random(in: 0...0.9, using: &random)
      let sizes = (10 + random.next(10_000), 10 + random.next(10_000))
      let (n, m) = (Double(sizes.0), Double(sizes.1))
      func needed(_ rise: Double) -> Double {
        let (other, all) = (rate + rise, (rate * n + (rate + rise) * m) / (n + m))
        return Self.deviations.0 * (all * (1 - all) * (1 / n + 1 / m)).squareRoot()
          + Self.deviations.1 * (rate * (1 - rate) / n + other * (1 - other) / m).squareRoot()
      }
      guard let rise = detectableRise(of: rate, sizes: sizes) else {
        #expect((0..<1_000).allSatisfy { needed((1 - rate) * Double($0) / 1_000) >= (1 - rate) * Double($0) / 1_000 })
        continue
      }
      found += 1
      #expect(abs(rise - needed(rise)) < 1e-12)
      #expect((1..<100).allSatisfy { needed(rise * Double($0) / 100) > rise * Double($0) / 100 })
    }
    #expect(found > 400)
  }

  /// Groups of the sizes that a difference needs find that difference.
  @Test(arguments: [(0.1, 0.01, 1.0), (0.5, 0.05, 1), (0.02, 0.03, 3), (0, 0.1, 0.4)])
  func inverse(rate: Double, rise: Double, ratio: Double) throws {
    let sizes = try #require(sampleSizes(rates: (rate, rate + rise), ratio: ratio))
    let found = try #require(detectableRise(of: rate, sizes: sizes))
    #expect(found <= rise * (1 + 1e-9) && found > rise * 0.98)
    let means = try #require(sampleSizes(difference: -rise, variances: (1, 2), ratio: ratio))
    let difference = try #require(detectableDifference(variances: (1, 2), sizes: means))
    #expect(difference <= rise * (1 + 1e-9) && difference > rise * 0.98)
  }

  @Test func edges() {
    #expect(detectableRise(of: 1, sizes: (100, 100)) == nil && detectableRise(of: 0.5, sizes: (2, 2)) == nil)
    #expect(detectableRise(of: 0.5, sizes: (0, 9)) == nil && detectableRise(of: 0.5, sizes: (9, -1)) == nil)
    #expect(detectableRise(of: .nan, sizes: (9, 9)) == nil && detectableRise(of: -0.1, sizes: (9, 9)) == nil)
    #expect((detectableRise(of: 0.5, sizes: (.max, .max)) ?? 1) < 1e-8)
    #expect(detectableDifference(variances: (0, 0), sizes: (1, 1)) == 0)
    #expect(detectableDifference(variances: (.nan, 0), sizes: (1, 1)) == nil)
    #expect(detectableDifference(variances: (.infinity, 0), sizes: (1, 1)) == nil)
    #expect(detectableDifference(variances: (1, -1), sizes: (1, 1)) == nil)
    #expect(detectableDifference(variances: (1, 1), sizes: (0, 1)) == nil)
    #expect(sampleSizes(rates: (0.1, 0.1)) == nil && sampleSizes(rates: (0.1, 1.1)) == nil)
    #expect(sampleSizes(rates: (0.1, .nan)) == nil && sampleSizes(rates: (0.1, 0.1 + 1e-12)) == nil)
    for ratio in [0, -1, Double.nan, .infinity, 1e-300, 1e300] {
      #expect(sampleSizes(rates: (0.1, 0.2), ratio: ratio) == nil, "\(ratio)")
      #expect(sampleSizes(difference: 1, variances: (1, 1), ratio: ratio) == nil, "\(ratio)")
    }
    #expect(sampleSizes(rates: (0, 1)).map { $0.first } == 2)
    #expect(sampleSizes(difference: 1, variances: (0, 0)).map { $0 == (1, 1) } == true)
    #expect(sampleSizes(difference: .infinity, variances: (1, 1)).map { $0 == (1, 1) } == true)
    #expect(sampleSizes(difference: .nan, variances: (1, 1)) == nil)
    #expect(
      sampleSizes(difference: 1, variances: (.nan, 1)) == nil && sampleSizes(difference: 1, variances: (-1, 1)) == nil)
  }
}
