/// How large a rise of a rate two groups of these sizes find: 80 in 100 times, in a two-sided test at 5 %.
///
/// The difference δ with δ = z.975 √(p̄ q̄ (1/n₁ + 1/n₂)) + z.8 √(p₁ q₁ / n₁ + p₂ q₂ / n₂), p̄ being the rate of both groups together: J. L. Fleiss,
/// "Statistical Methods for Rates and Proportions" (1981), without the correction for continuity. A test in the wrong direction does not
/// count as found. How large a fall they find is the rise of those who do not succeed.
///
/// - Parameters:
///   - rate: the first group's, 0 … 1.
///   - sizes: how many people each group has.
/// - Returns: nil where no rise is large enough, since rates end at 1; of groups of nobody, and of what is no rate.
package func detectableRise(of rate: Double, sizes: (Int, Int)) -> Double? {
  guard (0...1).contains(rate), sizes.0 >= 1, sizes.1 >= 1 else { return nil }
  let (n, m) = (Double(sizes.0), Double(sizes.1))
  // What is to be overcome bends down as the rise grows, and so is overcome once and for all.
  let isTooSmall = { rise in
    let (together, other) = ((n * rate + m * (rate + rise)) / (n + m), rate + rise)
    return rise
      <= needed(
        ifEqual: together * (1 - together) * (1 / n + 1 / m), else: rate * (1 - rate) / n + other * (1 - other) / m)
  }
  let rise = lastPlace(from: 0, to: 1 - rate, where: isTooSmall)
  return rise < 1 - rate ? rise : nil
}

/// How large a difference of means two groups find: 80 in 100 times, in a two-sided test at 5 %.
///
/// (z.975 + z.8) √(v₁/n₁ + v₂/n₂): the normal distribution for that of t, which asks for a little more of few people.
///
/// - Returns: nil of groups of nobody, and of variances below 0 or not finite.
package func detectableDifference(variances: (Double, Double), sizes: (Int, Int)) -> Double? {
  guard sizes.0 >= 1, sizes.1 >= 1, variances.0 >= 0, variances.1 >= 0 else { return nil }
  let variance = variances.0 / Double(sizes.0) + variances.1 / Double(sizes.1)
  return variance.isFinite ? needed(ifEqual: variance, else: variance) : nil
}

/// How many people each of two groups needs to find that one rate is another: the formula of `detectableRise` for n.
///
/// - Parameters:
///   - rates: two that differ, each 0 … 1.
///   - ratio: the second group's size by the first's.
/// - Returns: whole people, at least what is needed. Nil where the rates are the same or none, and where it is more than 10¹⁵.
package func sampleSizes(rates: (Double, Double), ratio: Double = 1) -> (first: Int, second: Int)? {
  guard (0...1).contains(rates.0), (0...1).contains(rates.1) else { return nil }
  let together = (rates.0 + ratio * rates.1) / (1 + ratio)
  return sizes(
    finding: rates.1 - rates.0, ratio: ratio, ifEqual: together * (1 - together) * (1 + 1 / ratio),
    else: rates.0 * (1 - rates.0) + rates.1 * (1 - rates.1) / ratio)
}

/// How many people each of two groups needs to find a difference of means: the formula of `detectableDifference` for n.
///
/// - Returns: as `sampleSizes(rates:ratio:)`; nil also of variances below 0 or not finite.
package func sampleSizes(
  difference: Double, variances: (Double, Double), ratio: Double = 1
) -> (first: Int, second: Int)? {
  guard variances.0 >= 0, variances.1 >= 0 else { return nil }
  let variance = variances.0 + variances.1 / ratio
  return sizes(finding: difference, ratio: ratio, ifEqual: variance, else: variance)
}

/// How far from 0 a difference has to be, given its variance if there is none and if there is.
private func needed(ifEqual: Double, else variance: Double) -> Double {
  deviationsOf95Percent * max(0, ifEqual).squareRoot() + deviationsOf80Percent * max(0, variance).squareRoot()
}

/// - Parameters: the variances as they are with one person in the first group.
private func sizes(
  finding difference: Double, ratio: Double, ifEqual: Double, else variance: Double
) -> (first: Int, second: Int)? {
  guard ratio > 0, ratio.isFinite, abs(difference) > 0 else { return nil }
  let root = needed(ifEqual: ifEqual, else: variance) / abs(difference)
  let first = max(1, (root * root).rounded(.up))
  let second = max(1, (root * root * ratio).rounded(.up))
  guard first <= 1e15, second <= 1e15 else { return nil }
  return (Int(first), Int(second))
}

/// So many standard deviations above the mean lie 20 % of a normal distribution.
private let deviationsOf80Percent = normalQuantile(0.8)
