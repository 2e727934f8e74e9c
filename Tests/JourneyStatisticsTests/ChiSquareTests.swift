import Foundation
import JourneyStatistics
import Testing

@Suite struct ChiSquareTests {
  /// Against mpmath, which scipy 1.17.1 was held to (`Fixtures/make_comparisons.py`).
  @Test func known() throws {
    let rows = try Fixture.rows("chi-square")
    #expect(rows.count > 400 && Set(rows.map { $0[0] }) == ["above", "quantile"])
    for row in rows {
      let (degrees, of) = (try #require(Int(row[1])), try #require(Double(row[2])))
      let expected = try #require(Double(row[3]))
      let found =
        row[0] == "above"
        ? chiSquareProbability(above: of, degrees: degrees) : chiSquareQuantile(above: of, degrees: degrees)
      #expect(abs(found - expected) <= 1e-12 * expected, "\(row): \(found)")
    }
  }

  /// Of two degrees it is an exponential distribution, of one the square of a normal one.
  @Test func closedForms() {
    for x in [1e-9, 0.01, 0.7, 1, 2.9, 3, 3.1, 10, 100, 700] {
      #expect(abs(chiSquareProbability(above: x, degrees: 2) / exp(-x / 2) - 1) < 1e-12)
      let normal = 2 * normalProbability(below: -x.squareRoot())
      #expect(abs(chiSquareProbability(above: x, degrees: 1) / normal - 1) < 1e-12)
    }
  }

  @Test func edges() {
    #expect(chiSquareProbability(above: 0, degrees: 3) == 1 && chiSquareProbability(above: -1, degrees: 3) == 1)
    #expect(chiSquareProbability(above: .infinity, degrees: 3) == 0)
    #expect(chiSquareProbability(above: .nan, degrees: 3).isNaN && chiSquareProbability(above: 1, degrees: 0).isNaN)
    #expect(chiSquareProbability(above: 1e300, degrees: 1) == 0)
    #expect((0...1).contains(chiSquareProbability(above: 1e18, degrees: .max)))
    #expect(chiSquareQuantile(above: 0, degrees: 1) == .infinity && chiSquareQuantile(above: 1, degrees: 1) == 0)
    #expect(chiSquareQuantile(above: 1.5, degrees: 1).isNaN && chiSquareQuantile(above: .nan, degrees: 1).isNaN)
    #expect(chiSquareQuantile(above: 0.5, degrees: -1).isNaN)
  }
}

@Suite struct SampleRatioTests {
  /// Against scipy 1.17.1 (`Fixtures/make_comparisons.py`).
  @Test func known() throws {
    let rows = try Fixture.rows("sizes")
    #expect(rows.count == 7)
    for row in rows {
      let sizes = row[0].split(separator: " ").compactMap { Int($0) }
      let (statistic, p) = (try #require(Double(row[2])), try #require(Double(row[3])))
      let test = try #require(SampleRatioTest(sizes: sizes, intended: Fixture.numbers(row[1])))
      #expect(abs(test.statistic - statistic) <= 1e-9 * statistic && abs(test.p - p) <= 1e-9 * p, "\(row): \(test)")
      #expect(test.isMismatch == (p < 0.001 && sizes.reduce(0, +) >= 100))
    }
  }

  @Test func edges() throws {
    #expect(SampleRatioTest(sizes: [3], intended: [1]) == nil && SampleRatioTest(sizes: [3, 4], intended: [1]) == nil)
    #expect(SampleRatioTest(sizes: [0, 0], intended: [1, 1]) == nil)
    #expect(SampleRatioTest(sizes: [-1, 4], intended: [1, 1]) == nil)
    for share in [0, -1, Double.nan, .infinity, 1.7e308] {
      #expect(SampleRatioTest(sizes: [3, 4], intended: [share, 1.7e308]) == nil)
    }
    #expect(SampleRatioTest(sizes: [.max, .max], intended: [0.5, 0.5])?.p == 1)
    #expect(SampleRatioTest(sizes: [.max, 0], intended: [1, 1])?.isMismatch == true)
    #expect(SampleRatioTest(sizes: [99, 0], intended: [1, 1])?.isMismatch == false)
    #expect(SampleRatioTest(sizes: [100, 0], intended: [1, 1])?.isMismatch == true)
  }
}
