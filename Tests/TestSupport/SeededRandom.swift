/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers for a seed on every machine.
package struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Uniform in 0 ..< bound.
  package mutating func next(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  /// True in one of `count` cases.
  package mutating func one(in count: Int) -> Bool { next(count) == 0 }

  /// Any of them; there is at least one.
  package mutating func pick<Element>(_ elements: [Element]) -> Element { elements[next(elements.count)] }
}
