/// Where a rate may lie: the score interval of Wilson.
///
/// E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American Statistical Association 22
/// (1927). It holds what it says also for few, and for none or all of them, where the plain interval does not.
public struct ScoreInterval: Hashable, Sendable {
  /// 0 … 1.
  public let low: Double
  /// 0 … 1.
  public let high: Double

  /// At 95 %.
  ///
  /// - Parameters:
  ///   - count: how many of them it is true of, 0 … `whole`.
  ///   - whole: 1 at least.
  public init(_ count: Int, of whole: Int) {
    let (n, share) = (Double(max(1, whole)), Double(count) / Double(max(1, whole)))
    let quantile = deviationsOf95Percent
    let square = quantile * quantile
    let middle = (share + square / (2 * n)) / (1 + square / n)
    let half = quantile / (1 + square / n) * (share * (1 - share) / n + square / (4 * n * n)).squareRoot()
    low = count <= 0 ? 0 : max(0, middle - half)
    high = count >= whole ? 1 : min(1, middle + half)
  }
}
