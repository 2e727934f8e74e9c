import JourneyQuery

/// Numbers for the pairs met so far, 0 and up in the order they were met.
///
/// A hash table with open addressing (linear probing), at most half full. O(1) on average.
struct PairNumbers: Sendable {
  private(set) var pairs: [(first: Int, second: Int)] = []
  /// A power of two of slots: the number of a pair, −1 for none.
  private var slots: [Int32] = []

  var count: Int { pairs.count }

  /// The number of a pair; that of a pair met for the first time is the number of pairs met before.
  mutating func number(_ first: Int, _ second: Int) -> Int {
    if pairs.count * 2 >= slots.count { grow() }
    var slot = Self.hash(first, second) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if pairs[number] == (first, second) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(pairs.count)
    pairs.append((first, second))
    return pairs.count - 1
  }

  /// The number of a pair; nil if it was not met.
  func known(_ first: Int, _ second: Int) -> Int? {
    guard !slots.isEmpty else { return nil }
    var slot = Self.hash(first, second) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if pairs[number] == (first, second) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Adds a tree, of which each pair is the number of the pair before, negative where there is none, and a value; returns the number here of
  /// each pair there, or of those before the run is stopped.
  ///
  /// - Parameter value: what a value there is here.
  mutating func absorb(tree other: PairNumbers, _ run: Run?, value: (Int) -> Int = { $0 }) -> [Int] {
    var here: [Int] = []
    here.reserveCapacity(other.count)
    // What comes before is met before.
    for (before, there) in other.pairs {
      if here.count & 0x3FFF == 0, run?.isCancelled == true { break }
      here.append(number(before < 0 ? before : here[before], value(there)))
    }
    return here
  }

  private mutating func grow() {
    let count = max(16, slots.count * 2)
    slots = Array(repeating: -1, count: count)
    for (number, pair) in pairs.enumerated() {
      var slot = Self.hash(pair.first, pair.second) & (count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (count - 1) }
      slots[slot] = Int32(number)
    }
  }

  /// Every bit of the pair reaches every bit of the hash: the finalizer of MurmurHash3 over both.
  private static func hash(_ first: Int, _ second: Int) -> Int {
    var bits = UInt64(bitPattern: Int64(second)) &+ UInt64(bitPattern: Int64(first)) &* 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ bits >> 33) &* 0xFF51_AFD7_ED55_8CCD
    bits = (bits ^ bits >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return Int(truncatingIfNeeded: bits ^ bits >> 33)
  }
}

extension PairNumbers: Codable {
  /// As the pairs alone, flat and in order.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(pairs.flatMap { [$0.first, $0.second] })
  }

  init(from decoder: any Decoder) throws {
    let flat = try decoder.singleValueContainer().decode([Int].self)
    for index in stride(from: 0, to: flat.count - 1, by: 2) { _ = number(flat[index], flat[index + 1]) }
  }
}
