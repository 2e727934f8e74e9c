/// How one figure differs between two groups of people.
///
/// Interval and p are of the same statistic: at a level of 1 − α the interval leaves out 0 where p < α, and else holds it.
package protocol GroupDifference: Sendable {
  /// The second group's figure less the first's.
  var difference: Double { get }

  /// How likely a difference at least so far from 0, to either side, is where there is none: 0 … 1.
  var p: Double { get }

  /// Where the difference may lie.
  ///
  /// - Parameter level: how many of such intervals hold it, 0 … 1. Of 1, or of what is no number, it is as wide as it gets.
  func interval(level: Double) -> Interval
}

extension GroupDifference {
  /// At 95 %.
  package var interval: Interval { interval(level: 0.95) }
}

/// From one value to another, both included.
package struct Interval: Hashable, Sendable {
  package let low: Double
  package let high: Double

  package init(low: Double, high: Double) { (self.low, self.high) = (low, high) }

  package func contains(_ value: Double) -> Bool { low <= value && value <= high }
}

/// How many intervals of a level leave out what they should hold: 0 … 1.
func alpha(of level: Double) -> Double { level < 1 ? min(1, 1 - level) : 0 }

/// How likely a normally distributed value of mean 0 and standard deviation 1 is at least so far from 0, to either side.
func normalProbability(beyond z: Double) -> Double { 2 * normalProbability(below: -abs(z)) }

/// Within so many standard deviations of its mean a normally distributed value lies with the probability `level`.
func normalDeviations(of level: Double) -> Double { -normalQuantile(alpha(of: level) / 2) }
