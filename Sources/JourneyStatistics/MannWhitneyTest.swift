/// Whether the values of one group tend to be larger than those of another, whatever their distribution: by ranks alone.
///
/// H. B. Mann and D. R. Whitney, "On a test of whether one of two random variables is stochastically larger than the other", Annals of
/// Mathematical Statistics 18 (1947). The normal distribution that U comes near to, with the variance that ties leave, and without a
/// correction for continuity.
package struct MannWhitneyTest: Hashable, Sendable {
  /// How many pairs of a value of the first group and one of the second have the larger in the first; of equal ones one half.
  package let u: Double

  /// How likely it is that U is at least so far from the half of all pairs if both groups have one distribution. 1 where all values are the same.
  package let p: Double

  /// Of values and how often each occurs: rising, and the same value perhaps more than once.
  ///
  /// - Returns: nil where a group has no value, values fall or cannot be ordered, or a count is below 0. Infinite values are the largest.
  package init?(_ first: [(value: Double, count: Int)], _ second: [(value: Double, count: Int)]) {
    guard let (pairs, ties) = Ranks.read(first, second) else { return nil }
    let (count, other) = (first.reduce(0) { $0 + Double($1.count) }, second.reduce(0) { $0 + Double($1.count) })
    guard count > 0, other > 0 else { return nil }
    let all = count + other
    // N³ − N − Σ (t³ − t) of the textbooks, as a sum in which nothing is taken away: t (N − t) (N + t) of each t values that are the same.
    let untied = ties.reduce(0) { $0 + $1 * (all - $1) * (all + $1) }
    let deviation = (count * other / 12 * (untied / all / (all - 1))).squareRoot()
    u = pairs
    p = deviation > 0 ? normalProbability(beyond: (pairs - count * other / 2) / deviation) : 1
  }

  /// Of values that rise, equal ones side by side.
  package init?(_ first: [Double], _ second: [Double]) {
    self.init(first.map { (value: $0, count: 1) }, second.map { (value: $0, count: 1) })
  }
}

private enum Ranks {
  /// U, and how many values there are of each.
  static func read(
    _ first: [(value: Double, count: Int)], _ second: [(value: Double, count: Int)]
  ) -> (pairs: Double, ties: [Double])? {
    var (one, other) = (Rising(rows: first), Rising(rows: second))
    var (pairs, below, ties) = (0.0, 0.0, [Double]())
    while let value = least(one.next, other.next) {
      guard let count = one.take(value), let otherCount = other.take(value) else { return nil }
      pairs += count * (below + otherCount / 2)
      below += otherCount
      ties.append(count + otherCount)
    }
    return (pairs, ties)
  }

  private static func least(_ one: Double?, _ other: Double?) -> Double? {
    guard let one, let other else { return one ?? other }
    return one < other ? one : other
  }
}

/// Rows that are taken from the least value on.
private struct Rising {
  let rows: [(value: Double, count: Int)]
  private var place = 0

  init(rows: [(value: Double, count: Int)]) { self.rows = rows }

  var next: Double? { place < rows.count ? rows[place].value : nil }

  /// How often the value comes next; nil if a count is below 0, or if what follows is not above it.
  mutating func take(_ value: Double) -> Double? {
    var sum = 0.0
    while place < rows.count, rows[place].value == value {
      guard rows[place].count >= 0 else { return nil }
      sum += Double(rows[place].count)
      place += 1
    }
    return next.map { value < $0 } ?? true ? sum : nil
  }
}
