/// What is left of one of many tests once it is considered that there are many.
package struct HolmAdjustment: Hashable, Sendable {
  /// Below α where the test stands; not a number of a test that had no p.
  package let p: Double

  /// The level at which an interval of the same statistic leaves out 0 where the test stands, and holds it where it does not. Where it stands
  /// 1 − α · p / adjusted p; else 1 − α / tests, Bonferroni's, at which as many intervals are all right at once 1 − α of the time.
  package let level: Double
}

/// Of many tests one stands that should not with a probability of at most α, however they depend on each other.
///
/// S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979).
///
/// - Parameters:
///   - probabilities: the p of each test. What is not within 0 … 1 stands for no test, and is not counted.
///   - alpha: α.
/// - Returns: as many, in the same order. Of a p of 0 the level is 1 − α / tests, which it comes near to as p does to 0.
package func holmAdjusted(_ probabilities: [Double], alpha: Double = 0.05) -> [HolmAdjustment] {
  let tests = risingTests(probabilities)
  var adjusted = probabilities.map { _ in HolmAdjustment(p: .nan, level: 1 - alpha) }
  var largest = 0.0
  for (rank, index) in tests.enumerated() {
    let p = probabilities[index]
    largest = max(largest, min(1, p * Double(tests.count - rank)))
    let share = 0 < largest && largest < alpha ? p / largest : 1 / Double(tests.count)
    adjusted[index] = HolmAdjustment(p: largest, level: 1 - alpha * share)
  }
  return adjusted
}

/// Of the tests whose adjusted p is at most q, a share of q should not have stood, on average.
///
/// Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society B 57 (1995).
///
/// - Parameter probabilities: as those of `holmAdjusted`.
/// - Returns: the adjusted p of each, in the same order; not a number where there was no test.
package func benjaminiHochbergAdjusted(_ probabilities: [Double]) -> [Double] {
  let tests = risingTests(probabilities)
  var adjusted = probabilities.map { _ in Double.nan }
  var least = 1.0
  for (rank, index) in tests.enumerated().reversed() {
    least = min(least, probabilities[index] * Double(tests.count) / Double(rank + 1))
    adjusted[index] = least
  }
  return adjusted
}

/// Where the tests are, the least p first.
private func risingTests(_ probabilities: [Double]) -> [Int] {
  probabilities.indices.filter { (0...1).contains(probabilities[$0]) }.sorted { probabilities[$0] < probabilities[$1] }
}
