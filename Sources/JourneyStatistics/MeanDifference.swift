/// Values of people, as what a t test needs of them.
package struct Sample: Hashable, Sendable {
  package let count: Int
  package let mean: Double
  /// The sum of the squared deviations from the mean, by one less than `count`.
  package let variance: Double

  /// Nil of fewer than two values, which do not tell how far they scatter, of a variance below 0, and of what is not finite.
  package init?(count: Int, mean: Double, variance: Double) {
    guard count >= 2, mean.isFinite, variance.isFinite, variance >= 0 else { return nil }
    (self.count, self.mean, self.variance) = (count, mean, variance)
  }

  /// Nil of fewer than two values, and of what is not finite.
  package init?(_ values: some Collection<Double>) {
    let mean = values.reduce(0) { $0 + $1 / Double(values.count) }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.init(count: values.count, mean: mean, variance: squares / Double(values.count - 1))
  }
}

/// How two means differ, by the t statistic of Welch, which does not suppose that both groups scatter alike.
///
/// B. L. Welch, "The generalization of 'Student's' problem when several different population variances are involved", Biometrika 34 (1947),
/// with the degrees of freedom of F. E. Satterthwaite, Biometrics Bulletin 2 (1946).
package struct MeanDifference: GroupDifference, Hashable {
  package let difference: Double
  package let standardError: Double
  package let degrees: Double

  /// Nil where the difference or its error are beyond the greatest number there is.
  package init?(_ first: Sample, _ second: Sample) {
    let (one, other) = (first.variance / Double(first.count), second.variance / Double(second.count))
    let (free, otherFree) = (Double(first.count) - 1, Double(second.count) - 1)
    let share = one + other > 0 ? one / (one + other) : 0.5
    self.init(
      difference: second.mean - first.mean, variance: one + other,
      degrees: 1 / (share * share / free + (1 - share) * (1 - share) / otherFree))
  }

  private init?(difference: Double, variance: Double, degrees: Double) {
    guard difference.isFinite, variance.isFinite else { return nil }
    (self.difference, standardError, self.degrees) = (difference, variance.squareRoot(), degrees)
  }

  /// If no value of either group deviates from its mean: 1 where the means are the same, else 0.
  package var p: Double {
    difference == 0 ? 1 : 2 * studentProbability(below: -abs(difference / standardError), degrees: degrees)
  }

  /// No wider than the difference itself if no value of either group deviates from its mean.
  package func interval(level: Double) -> Interval {
    guard standardError > 0 else { return Interval(low: difference, high: difference) }
    let half = -studentQuantile(alpha(of: level) / 2, degrees: degrees) * standardError
    return Interval(low: difference - half, high: difference + half)
  }

  /// The same of values of which each tells something of the next, so that the variance is so many times as large (`lagOneWidening`).
  ///
  /// - Returns: nil of a factor below 0 or not finite.
  package func widened(by factor: Double) -> MeanDifference? {
    guard factor.isFinite, factor >= 0 else { return nil }
    return MeanDifference(
      difference: difference, variance: standardError * standardError * factor, degrees: degrees)
  }
}
