/// What a part of all adds to a change of their rate.
package struct RateEffects: Hashable, Sendable {
  /// For what its own rate did.
  package let rate: Double
  /// For its having become a larger or smaller part.
  package let mix: Double

  package var sum: Double { rate + mix }
}

/// How a rate changed, taken apart by who is counted: E. Kitagawa, "Components of a Difference Between Two Rates", Journal of the American Statistical
/// Association 50 (1955).
///
/// The rate R of all is the sum of w · r over parts of which everybody is in one, w being a part's share and r its rate. With bars for the means of both
/// times, ΔR is the sum of w̄ · Δr, the rate effects, and Δw · (r̄ − R̄), the mix effects: what is taken off with R̄ sums to 0, and a part that grows adds
/// to the rate only where its own is above that of all.
package struct RateChange: Hashable, Sendable {
  package let now: Proportion
  package let before: Proportion

  package init(now: Proportion, before: Proportion) {
    (self.now, self.before) = (now, before)
  }

  package var difference: Double { now.share - before.share }

  /// The effects of one part. Where it was empty at one time, its rate there is taken for that of the other, so that only its share has changed.
  ///
  /// - Parameters:
  ///   - now: its own, no more than all; nil where it is empty.
  ///   - before: the same.
  package func effects(now part: Proportion?, before other: Proportion?) -> RateEffects {
    guard let rates = part.map({ ($0.share, (other ?? $0).share) }) ?? other.map({ ($0.share, $0.share) }) else {
      return RateEffects(rate: 0, mix: 0)
    }
    let shares = (Self.share(part, of: now), Self.share(other, of: before))
    let whole = (now.share + before.share) / 2
    return RateEffects(
      rate: (shares.0 + shares.1) / 2 * (rates.0 - rates.1),
      mix: (shares.0 - shares.1) * ((rates.0 + rates.1) / 2 - whole))
  }

  private static func share(_ part: Proportion?, of whole: Proportion) -> Double {
    Double(part?.whole ?? 0) / Double(whole.whole)
  }
}
