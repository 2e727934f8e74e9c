/// How many gave each kind of score.
package struct PromoterCounts: Hashable, Sendable {
  package let promoters: Int
  package let passives: Int
  package let detractors: Int

  package init(promoters: Int, passives: Int, detractors: Int) {
    (self.promoters, self.passives, self.detractors) = (promoters, passives, detractors)
  }

  /// Promoters less detractors as a share of all, not a number of nobody.
  var score: Double {
    (Double(promoters) - Double(detractors)) / (Double(promoters) + Double(passives) + Double(detractors))
  }

  /// Of one answer as 1, 0 or −1; not a number of nobody.
  package var variance: Double { moments().variance }

  /// The score and its variance after ¾, 1½ and ¾ were added to promoters, passives and detractors.
  var adjusted: (score: Double, variance: Double) {
    let moments = moments(adding: 0.75)
    return (moments.score, moments.variance / moments.count)
  }

  /// - Parameter added: to promoters and to detractors, and twice that to passives.
  private func moments(adding added: Double = 0) -> (score: Double, variance: Double, count: Double) {
    let (above, between, below) = (Double(promoters) + added, Double(passives) + 2 * added, Double(detractors) + added)
    let count = above + between + below
    let (promoting, detracting) = (above / count, below / count)
    let score = promoting - detracting
    return (score, max(0, promoting + detracting - score * score), count)
  }
}

/// How two net promoter scores differ: the plain interval of a difference of means, after ¾, 1½ and ¾ were added in each group.
///
/// B. Rocks, "Interval estimation for the 'net promoter score'", The American Statistician 70 (2016), for one score
/// (`AdjustedWaldInterval`); of two the variances are added. What is added draws scores of few towards 0, so that the interval is not
/// around the difference as it was seen.
package struct NetPromoterDifference: GroupDifference, Hashable {
  package let difference: Double
  private let center: Double
  private let standardError: Double

  /// Nil if a group gave no answer, and of counts below 0.
  package init?(_ first: PromoterCounts, _ second: PromoterCounts) {
    let counts = [first, second].flatMap { [$0.promoters, $0.passives, $0.detractors] }
    guard counts.allSatisfy({ $0 >= 0 }) else { return nil }
    difference = second.score - first.score
    guard difference.isFinite else { return nil }
    center = second.adjusted.score - first.adjusted.score
    standardError = (first.adjusted.variance + second.adjusted.variance).squareRoot()
  }

  package var p: Double { center == 0 ? 1 : normalProbability(beyond: center / standardError) }

  /// Within −2 … 2.
  package func interval(level: Double) -> Interval {
    let half = normalDeviations(of: level) * standardError
    return Interval(low: max(-2, center - half), high: min(2, center + half))
  }
}
