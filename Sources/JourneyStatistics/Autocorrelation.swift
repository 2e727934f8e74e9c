/// How much each of a series of values tells of the next: Σ dᵢ dᵢ₊₁ / Σ dᵢ², d being the deviations from the mean of all; −1 … 1.
///
/// G. E. P. Box and G. M. Jenkins, "Time Series Analysis" (1970).
///
/// - Returns: nil of values that are all the same, as fewer than two are, or not finite.
package func lagOneAutocorrelation(_ values: [Double]) -> Double? {
  // The mean of values that are the same may be a rounding away from them.
  guard values.contains(where: { $0 != values[0] }) else { return nil }
  // Halves and shares of the largest, so that no sum is beyond the greatest number there is.
  let mean = values.reduce(0) { $0 + $1 / Double(values.count) }
  let deviations = values.map { $0 / 2 - mean / 2 }
  let largest = deviations.map(abs).max() ?? 0
  guard largest > 0, deviations.allSatisfy(\.isFinite) else { return nil }
  let scaled = deviations.map { $0 / largest }
  let products = zip(scaled, scaled.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
  return products / scaled.reduce(0) { $0 + $1 * $1 }
}

/// How many times as large the variance of a mean is as it would be if the values of the series told nothing of each other:
/// (1 + r) / (1 − r), which is 1 … 9.
///
/// M. S. Bartlett, "Some aspects of the time-correlation problem in regard to tests of significance", Journal of the Royal Statistical Society 98
/// (1935). In a short series the autocorrelation comes out too small, by (1 + 3r) / n (F. H. C. Marriott and J. A. Pope, Biometrika 41, 1954): r is
/// what is seen and this, held within 0 … 0.8.
///
/// - Returns: nil where there is no autocorrelation.
package func lagOneWidening(of values: [Double]) -> Double? {
  guard let seen = lagOneAutocorrelation(values) else { return nil }
  let r = min(0.8, max(0, seen + (1 + 3 * seen) / Double(values.count)))
  return (1 + r) / (1 - r)
}
