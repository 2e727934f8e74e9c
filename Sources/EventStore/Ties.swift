import CByteScan

extension Bitmap {
  /// The rows whose instant is that of the row before them in the same run; nil if there are none.
  ///
  /// - Parameter offsets: run i has the rows `offsets[i] ..< offsets[i + 1]`.
  init?(tiesOf instants: [Int64], runs offsets: [UInt32]) {
    var (words, any): ([UInt64], UInt64) = ([], 0)
    words.reserveCapacity((instants.count + 63) / 64)
    for first in stride(from: 0, to: instants.count, by: 64) {
      let word = Self.repeats(in: instants, from: first)
      words.append(word)
      any |= word
    }
    guard any != 0 else { return nil }
    // The first of a run may follow another run's last.
    for offset in offsets where offset < instants.count { words[Int(offset >> 6)] &= ~(1 << UInt64(offset & 63)) }
    guard words.contains(where: { $0 != 0 }) else { return nil }
    self.init(words: words, count: instants.count)
  }

  /// Which of up to 64 values equal the one before them.
  private static func repeats(in values: [Int64], from first: Int) -> UInt64 {
    guard first > 0, first + 64 <= values.count else {
      return (max(first, 1)..<max(1, min(first + 64, values.count))).reduce(0) { bits, row in
        values[row] == values[row - 1] ? bits | 1 << UInt64(row - first) : bits
      }
    }
    // SAFETY: reads the values from `first - 1` to `first + 63`, which are there.
    return unsafe values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return 0 }
      return unsafe repeat_scan(start + first)
    }
  }
}
