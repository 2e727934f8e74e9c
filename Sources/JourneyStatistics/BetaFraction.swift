import Glibc

/// The continued fraction of the regularised incomplete beta function: I(x; a, b) = xᵃ (1 − x)ᵇ / (a B(a, b)) times it.
///
/// NIST Digital Library of Mathematical Functions 8.17.22, by the method of Lentz as W. J. Thompson and A. R. Barnett changed it
/// ("Coulomb and Bessel functions of complex arguments and order", Journal of Computational Physics 64, 1986). It takes some
/// √max(a, b) terms where x < (a + 1) / (a + b + 2).
func betaFraction(_ a: Double, _ b: Double, at x: Double) -> Double {
  let least = 1e-300
  func held(_ value: Double) -> Double { abs(value) < least ? least : value }
  var numerator = 1.0
  var denominator = 1 / held(1 - (a + b) * x / (a + 1))
  var fraction = denominator
  for term in 1...100_000 {
    let m = Double(term)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    denominator = 1 / held(1 + even * denominator)
    numerator = held(1 + even / numerator)
    fraction *= denominator * numerator
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    denominator = 1 / held(1 + odd * denominator)
    numerator = held(1 + odd / numerator)
    let change = denominator * numerator
    fraction *= change
    if abs(change - 1) < 1e-16 { break }
  }
  return fraction
}

/// Γ(a + ½) / Γ(a), for `a` above 0: from the gamma function while that can be told apart, then by the first terms of its series
/// (F. G. Tricomi and A. Erdélyi, "The asymptotic expansion of a ratio of gamma functions", Pacific Journal of Mathematics 1, 1951).
func gammaRatio(_ a: Double) -> Double {
  if a < 100 { return tgamma(a + 0.5) / tgamma(a) }
  let part = 1 / a
  let series = 1 + part * (-1 / 8 + part * (1 / 128 + part * (5 / 1024 + part * (-21 / 32768 + part * -399 / 262_144))))
  return a.squareRoot() * series
}

/// The natural logarithm of 1 + `x`², which itself may be beyond what there are numbers for.
func logOnePlusSquare(_ x: Double) -> Double { abs(x) > 1e9 ? 2 * log(abs(x)) : log1p(x * x) }
