/// Whether groups are as large as they were meant to be: if not, something other than chance has sorted people into them, and what they do
/// cannot be compared.
///
/// K. Pearson's χ² of fit, Philosophical Magazine 50 (1900). The limit of 0.001 is that of A. Fabijan and others, "Diagnosing sample ratio
/// mismatch in online controlled experiments", KDD 2019.
package struct SampleRatioTest: Hashable, Sendable {
  package let statistic: Double

  /// How likely sizes at least so far from those meant are if only chance sorts people.
  package let p: Double

  /// Whether `p` is below 0.001, of 100 people or more; of fewer nothing is said.
  package let isMismatch: Bool

  /// - Parameters:
  ///   - sizes: how many are in each group.
  ///   - intended: how large each group was meant to be, in shares of any whole: `[1, 1]` as `[0.5, 0.5]`.
  /// - Returns: nil of fewer than two groups, of sizes below 0 or nobody at all, and of shares that are not above 0 and finite, or not one for each group.
  package init?(sizes: [Int], intended: [Double]) {
    guard sizes.count >= 2, intended.count == sizes.count, sizes.allSatisfy({ $0 >= 0 }),
      intended.allSatisfy({ $0 > 0 && $0.isFinite })
    else { return nil }
    let (people, shares) = (sizes.reduce(0) { $0 + Double($1) }, intended.reduce(0, +))
    guard people > 0, shares.isFinite else { return nil }
    statistic = zip(sizes, intended).reduce(0) { sum, group in
      let expected = people * (group.1 / shares)
      let deviation = Double(group.0) - expected
      return sum + deviation / expected * deviation
    }
    guard statistic.isFinite else { return nil }
    p = chiSquareProbability(above: statistic, degrees: sizes.count - 1)
    isMismatch = people >= 100 && p < 0.001
  }
}
