import Foundation

/// A seeded source of chance: the same seed gives the same draws on every machine and in every version.
///
/// SplitMix64 (Steele, Lea, Flood 2014: "Fast splittable pseudorandom number generators").
package struct Chance: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Uniform in 0 ..< 1.
  package mutating func share() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// True in `share` of the draws.
  package mutating func happens(_ share: Double) -> Bool {
    self.share() < share
  }

  /// A whole number of the range, uniform.
  package mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + min(range.count - 1, Int(share() * Double(range.count)))
  }

  /// One of the choices, in proportion to the weights; the last if they sum to nothing.
  package mutating func pick<Choice>(_ choices: [(Choice, weight: Double)]) -> Choice? {
    var rest = share() * choices.reduce(0) { $0 + $1.weight }
    for (choice, weight) in choices {
      rest -= weight
      if rest < 0 { return choice }
    }
    return choices.last?.0
  }

  /// An exponential waiting time, in whole seconds, at least 1.
  package mutating func wait(mean seconds: Double) -> Int64 {
    max(1, Int64((-log(1 - share()) * seconds).rounded()))
  }
}
