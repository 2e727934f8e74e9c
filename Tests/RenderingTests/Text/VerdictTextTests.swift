import JourneyQuery
import Testing

@testable import Rendering

/// What a difference is said to be, and what its p is, read as the verdict has it.
@Suite struct VerdictTextTests {
  @Test(arguments: [
    (0.0004, "< 0.001"), (0.001, "0.001"), (0.034, "0.034"), (0.0494, "0.049"), (0.0496, "0.0496"),
    (0.04996, "0.04996"),
    (0.049_999_999_999, "0.049999999999"), (0.05, "0.050"), (0.0502, "0.050"), (0.12, "0.12"), (1, "1.00"),
  ])
  func `what is below 0.05 does not read as 0.05`(p: Double, text: String) {
    #expect(HumanText.probability(p) == text)
  }

  @Test(arguments: [
    (0.3, "+5 [+0.30 … +9]"), (-0.3, "+5 [-0.30 … +9]"), (0.0, "+5 [0 … +9]"), (0.6, "+5 [+1 … +9]"),
    (-0.04, "+5 [-0.040 … +9]"),
  ])
  func `an end that is not 0 does not read as 0`(low: Double, text: String) {
    var estimate = Estimate(5, low...9, of: 100, .points)
    estimate.isDifference = true
    #expect(estimate.text(.of(.plain)) == text)
    for unit in [Estimate.Unit.share, .mean] {
      var estimate = Estimate(1, (low / 1_000)...2, of: 100, unit)
      estimate.isDifference = true
      let end = estimate.text(.of(.plain)).split(separator: "[")[1].split(separator: " ")[0]
      #expect((Double(end).map { $0 > 0 } == (low > 0)) && (Double(end) == 0) == (low == 0), "\(end)")
    }
  }
}
