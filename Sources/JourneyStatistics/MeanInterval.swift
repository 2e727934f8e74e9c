/// Where the mean of a population may lie: the t interval.
///
/// Student, "The probable error of a mean", Biometrika 6 (1908).
public struct MeanInterval: Hashable, Sendable {
  /// In the unit of the values, as is `high`.
  public let low: Double
  public let high: Double

  /// At 95 %; nil of fewer than two values, which do not tell how far they scatter.
  ///
  /// - Parameters:
  ///   - count: how many values there are.
  ///   - mean: theirs.
  ///   - squares: the sum of their squared deviations from the mean, 0 or more.
  public init?(count: Int, mean: Double, squares: Double) {
    guard count >= 2 else { return nil }
    let degrees = Double(count - 1)
    let half = studentQuantile(0.975, degrees: degrees) * (max(0, squares) / degrees / Double(count)).squareRoot()
    low = mean - half
    high = mean + half
  }
}
