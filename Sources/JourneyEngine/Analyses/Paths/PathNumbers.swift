import JourneyQuery

/// Numbers for the paths met so far. A path is how many steps come before its anchor, then the numbers of its names.
///
/// As many names as fit are packed into a word, so that most paths are one word and one look-up; a longer one is a path in a
/// tree of words.
struct PathNumbers: Sendable, Codable {
  /// (Number of the words before, word); the words before the first are −1 less the steps before the anchor.
  private var words = PairNumbers()
  /// Bits of a name; the number plus 1, so that 0 ends a path.
  private let bits: Int

  /// `names` is the number of different names.
  init(names: Int) {
    bits = Int.bitWidth - names.leadingZeroBitCount
  }

  /// The number of a path; those of paths are not without gaps.
  mutating func number(_ path: [Int32]) -> Int {
    var node = -1 - Int(path[0])
    var (word, used) = (0, 0)
    for index in 1..<path.count {
      if used + bits > Int.bitWidth {
        node = words.number(node, word)
        (word, used) = (0, 0)
      }
      word |= (Int(path[index]) + 1) << used
      used += bits
    }
    return words.number(node, word)
  }

  /// The path of a number.
  func path(of number: Int) -> [Int] {
    var (names, node): ([Int], Int) = ([], number)
    while node >= 0 {
      let (before, packed) = words.pairs[node]
      var (word, some): (UInt, [Int]) = (UInt(bitPattern: packed), [])
      while word != 0 {
        some.append(Int(word & (1 << UInt(bits) - 1)) - 1)
        word >>= UInt(bits)
      }
      names = some + names
      node = before
    }
    return [-1 - node] + names
  }

  /// Adds all of `other`, which has the same names; returns the number here of each path there, or stops where the run is stopped.
  mutating func absorb(_ other: PathNumbers, _ run: Run?) -> [Int] { words.absorb(tree: other.words, run) }
}
