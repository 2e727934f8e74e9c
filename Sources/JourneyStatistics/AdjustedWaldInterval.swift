/// Where a net promoter score may lie: the plain interval of a mean, after ¾, 1½ and ¾ were added to promoters, passives and detractors.
///
/// B. Rocks, "Interval estimation for the 'net promoter score'", The American Statistician 70 (2016). It holds about what it says for few
/// too, and where all are promoters, where the interval without the three added holds far less.
public struct AdjustedWaldInterval: Hashable, Sendable {
  /// −1 … 1, a share less a share, as is `high`.
  public let low: Double
  public let high: Double

  /// At 95 %. Of no answers it is as wide as it gets, not an error.
  ///
  /// - Parameters: how many gave each kind of score; none below 0.
  public init(promoters: Int, passives: Int, detractors: Int) {
    let (score, variance) = PromoterCounts(promoters: promoters, passives: passives, detractors: detractors).adjusted
    let half = deviationsOf95Percent * variance.squareRoot()
    low = max(-1, score - half)
    high = min(1, score + half)
  }
}
