import Glibc

/// How likely a value of the χ² distribution is above `x`: 0 … 1, right to about 1e-13 of itself up to a million degrees of freedom.
///
/// - Parameter degrees: of freedom, 1 or more; else the answer is not a number, as it is of an `x` that is none.
package func chiSquareProbability(above x: Double, degrees: Int) -> Double {
  guard degrees >= 1, !x.isNaN else { return .nan }
  guard x > 0 else { return 1 }
  return x < .infinity ? gammaTail(Double(degrees) / 2, above: x / 2) : 0
}

/// The value that one of the χ² distribution is above with this probability.
///
/// - Parameters:
///   - probability: 0 gives ∞ and 1 gives 0; what is outside of them is not a number.
///   - degrees: of freedom, 1 or more; else the answer is not a number.
package func chiSquareQuantile(above probability: Double, degrees: Int) -> Double {
  guard degrees >= 1, probability >= 0, probability <= 1 else { return .nan }
  guard probability > 0 else { return .infinity }
  let isBelow = { chiSquareProbability(above: $0, degrees: degrees) >= probability }
  var high = Double(degrees)
  while high < 1e300, isBelow(high) { high *= 2 }
  return lastPlace(from: 0, to: high, where: isBelow)
}

/// The upper regularised incomplete gamma function Q(a, x): by the series of P = 1 − Q below the mean (NIST Digital Library of Mathematical
/// Functions 8.11.4), and above it by a continued fraction (8.9.2), as Lentz works them out (`betaFraction`). Some √a terms.
///
/// - Parameters: `a` ½ or more, `x` above 0.
private func gammaTail(_ a: Double, above x: Double) -> Double {
  let weight = poissonWeight(a, mean: x)
  if x < a + 1 {
    var (term, sum) = (1.0, 1.0)
    for count in 1...100_000 {
      term *= x / (a + Double(count))
      sum += term
      if term < 1e-17 * sum { break }
    }
    return 1 - weight * sum
  }
  var denominator = 1 / (x + 1 - a)
  var (numerator, fraction) = (Double.infinity, denominator)
  for count in 1...100_000 {
    let m = Double(count)
    let (over, under) = (-m * (m - a), x + 2 * m + 1 - a)
    denominator = 1 / (over * denominator + under)
    numerator = under + over / numerator
    let change = numerator * denominator
    fraction *= change
    if abs(change - 1) < 1e-16 { break }
  }
  return weight * a * fraction
}

/// xᵃ e⁻ˣ / Γ(a + 1), without the digits that its factors would lose: C. Loader, "Fast and accurate computation of binomial
/// probabilities" (2000).
private func poissonWeight(_ a: Double, mean x: Double) -> Double {
  exp(-stirlingError(a) - deviance(a, x)) / (2 * Double.pi * a).squareRoot()
}

/// What the logarithm of Γ(a + 1) is more than Stirling's formula.
private func stirlingError(_ a: Double) -> Double {
  if a < 16 { return log(tgamma(a + 1)) - (a + 0.5) * log(a) + a - log(2 * Double.pi) / 2 }
  let square = 1 / (a * a)
  return (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / a
}

/// a ln(a / x) + x − a, by its series where the two are near to each other.
private func deviance(_ a: Double, _ x: Double) -> Double {
  guard abs(a - x) < 0.1 * (a + x) else { return a * log(a / x) + x - a }
  let ratio = (a - x) / (a + x)
  var (sum, term) = ((a - x) * ratio, 2 * a * ratio)
  for power in 1...100 {
    term *= ratio * ratio
    let next = sum + term / Double(2 * power + 1)
    if next == sum { break }
    sum = next
  }
  return sum
}
