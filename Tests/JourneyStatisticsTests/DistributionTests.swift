import Foundation
import JourneyStatistics
import Testing

/// Against scipy 1.17.1, and mpmath where that is less right (`Fixtures/make.py`).
@Suite struct DistributionTests {
  @Test func known() throws {
    let rows = try Fixture.rows("distributions")
    #expect(rows.count > 1_500)
    for row in rows {
      let (of, expected) = (try #require(Double(row[2])), try #require(Double(row[3])))
      let degrees = Double(row[1])
      let found =
        switch (row[0], degrees) {
        case ("below", nil): normalProbability(below: of)
        case ("below", let degrees?): studentProbability(below: of, degrees: degrees)
        case (_, nil): normalQuantile(of)
        case (_, let degrees?): studentQuantile(of, degrees: degrees)
        }
      #expect(abs(found - expected) <= 1e-12 * abs(expected), "\(row): \(found)")
    }
  }

  /// The constant of every interval of 95 %: the double nearest to 1.959963984540054235…
  @Test func ofEveryInterval() {
    #expect(normalQuantile(0.025) == -1.9599639845400543)
  }

  /// With one degree of freedom t is the tangent, and with two there is a root to take.
  @Test func closedForms() {
    for probability in [1e-9, 0.001, 0.1, 0.3, 0.5, 0.77, 0.999] {
      let tangent = -1 / tan(probability)
      #expect(abs(studentQuantile(probability, degrees: 1) - tangent) <= 1e-12 * abs(tangent) + 1e-15)
      let root = (2 * probability - 1) / (2 * probability * (1 - probability)).squareRoot()
      #expect(abs(studentQuantile(probability, degrees: 2) - root) <= 1e-12 * abs(root))
    }
  }

  /// Each undoes the other, and neither side is preferred.
  @Test(arguments: [0.3, 1, 3.7, 40, 5_000, 99_999.5, 100_000.5, 1e7, 1e15])
  func inverse(degrees: Double) {
    for size in [0.001, 0.3, 1, 2, 6, 25] {
      let below = studentProbability(below: -size, degrees: degrees)
      #expect(abs(studentQuantile(below, degrees: degrees) + size) < 1e-10 * size)
      #expect(abs(studentProbability(below: size, degrees: degrees) - (1 - below)) < 1e-15)
    }
  }

  @Test func edges() {
    #expect(normalQuantile(0) == -.infinity && normalQuantile(1) == .infinity && normalQuantile(0.5) == 0)
    #expect(normalQuantile(-0.1).isNaN && normalQuantile(1.1).isNaN && normalQuantile(.nan).isNaN)
    #expect(studentQuantile(0, degrees: 3) == -.infinity && studentQuantile(1, degrees: 3) == .infinity)
    #expect(studentQuantile(0.5, degrees: 3) == 0 && studentQuantile(2, degrees: 3).isNaN)
    #expect(studentQuantile(0.1, degrees: 0).isNaN && studentProbability(below: 1, degrees: -1).isNaN)
    #expect(studentProbability(below: .infinity, degrees: 2) == 1)
    #expect(studentProbability(below: -.infinity, degrees: 2) == 0)
    #expect(studentQuantile(1e-300, degrees: 0.5) == -.infinity)
    #expect(normalProbability(below: -.infinity) == 0 && normalProbability(below: .infinity) == 1)
  }

  private func tan(_ probability: Double) -> Double {
    let angle = Double.pi * probability
    return sin(angle) / sin(angle + .pi / 2)
  }
}
