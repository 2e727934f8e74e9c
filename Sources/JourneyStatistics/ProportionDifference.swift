/// So many of so many.
package struct Proportion: Hashable, Sendable {
  package let count: Int
  package let whole: Int

  /// Nil of nobody, and of counts that are no part of the whole.
  package init?(_ count: Int, of whole: Int) {
    guard whole >= 1, (0...whole).contains(count) else { return nil }
    (self.count, self.whole) = (count, whole)
  }

  package var share: Double { Double(count) / Double(whole) }
}

/// How two rates differ, by the score statistic of Miettinen and Nurminen.
///
/// O. Miettinen and M. Nurminen, "Comparative analysis of two rates", Statistics in Medicine 4 (1985). A difference δ is held against the rates
/// that are the likeliest of those that differ by δ, and the variance of those rates is taken N / (N − 1) times, N being the people of both
/// groups: that is what sets it apart from R. Mee's. The interval holds every δ that the test does not refuse. It is good for few people
/// too, and where none or all of a group succeed.
package struct ProportionDifference: GroupDifference, Hashable {
  package let first: Proportion
  package let second: Proportion

  package init(_ first: Proportion, _ second: Proportion) {
    (self.first, self.second) = (first, second)
  }

  /// −1 … 1.
  package var difference: Double { second.share - first.share }

  /// 1 where the rates are the same, also if none or all succeed in both groups.
  package var p: Double { p(of: 0) }

  /// It leaves out 0 exactly where `p` is below 1 − `level`, since the halving never crosses 0 unless 0 belongs to it.
  package func interval(level: Double) -> Interval {
    let alpha = alpha(of: level)
    func end(towards edge: Double) -> Double {
      let isHeld = { p(of: $0) >= alpha }
      let isZeroBetween = difference * edge < 0
      if isZeroBetween, !isHeld(0) { return lastPlace(from: difference, to: 0, where: isHeld) }
      return lastPlace(from: isZeroBetween ? 0 : difference, to: edge, where: isHeld)
    }
    return Interval(low: end(towards: -1), high: end(towards: 1))
  }

  /// How likely so large a distance from `supposed` is if that is the difference.
  private func p(of supposed: Double) -> Double {
    let distance = difference - supposed
    if distance == 0 { return 1 }
    let (one, other) = likeliest(differingBy: supposed)
    let (n, m) = (Double(first.whole), Double(second.whole))
    let variance = (one * (1 - one) / n + other * (1 - other) / m) * (n + m) / (n + m - 1)
    return normalProbability(beyond: distance / variance.squareRoot())
  }

  /// The likeliest rates of those that differ by `difference`: up to there the likelihood rises, and it does not rise again.
  private func likeliest(differingBy difference: Double) -> (first: Double, second: Double) {
    func other(_ rate: Double) -> Double { min(1, max(0, rate + difference)) }
    let rate = lastPlace(from: difference < 0 ? -difference : 0, to: min(1, 1 - difference)) { rate in
      first.score(at: rate) + second.score(at: other(rate)) > 0
    }
    return (rate, other(rate))
  }
}

extension Proportion {
  /// How the logarithm of the likelihood changes with the rate.
  fileprivate func score(at rate: Double) -> Double {
    let (successes, failures) = (Double(count), Double(whole) - Double(count))
    return (successes == 0 ? 0 : successes / rate) - (failures == 0 ? 0 : failures / (1 - rate))
  }
}
