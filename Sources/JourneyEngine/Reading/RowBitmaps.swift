/// Bitmaps over rows in which leaps are made: planes 0 and up.
protocol StepPlanes: ~Copyable {
  /// The first row of `range` that is set.
  func first(_ plane: Int, in range: Range<Int>) -> Int?
  /// The last row of `range` that is set.
  func last(_ plane: Int, in range: Range<Int>) -> Int?
}

/// Bitmaps over the same rows, side by side: each plane says of every row whether one thing is true of it.
///
/// Rows are numbered as in the bucket. A look-up reads 64 rows at a time.
struct RowBitmaps: StepPlanes, Sendable {
  let planes: Int
  let rows: Range<Int>
  /// Word w of plane p, for the rows from `rows.lowerBound + 64 * w` on, is at `w * planes + p`. Behind the last stands
  /// a word of zeros.
  private var words: [UInt64]

  /// All bits are 0.
  init(planes: Int, rows: Range<Int>) {
    (self.planes, self.rows) = (planes, rows)
    words = Array(repeating: 0, count: ((rows.count + 63) / 64 + 1) * planes)
  }

  /// The number of words of a plane that stand for rows.
  var wordCount: Int { (rows.count + 63) / 64 }

  /// Of 64 rows, the first of them `rows.lowerBound + 64 * index`. Bits that stand for no row are to be 0.
  subscript(plane: Int, word index: Int) -> UInt64 {
    @inline(__always) get { words[index &* planes &+ plane] }
    @inline(__always) set { words[index &* planes &+ plane] = newValue }
  }

  /// Gives `body` the words of all planes, plane by plane, of 64 rows, and behind them those of the next rows.
  ///
  /// - Precondition: there are planes, and 64 rows, or what is left of them, at `index`.
  mutating func withWords(from index: Int, _ body: (UnsafeMutableBufferPointer<UInt64>) -> Void) {
    // SAFETY: the part is bounded by the array, and `body` keeps to it.
    unsafe words.withUnsafeMutableBufferPointer { words in
      unsafe body(UnsafeMutableBufferPointer(rebasing: words[(index * planes)...]))
    }
  }

  subscript(plane: Int, row: Int) -> Bool {
    @inline(__always) get {
      let place = row &- rows.lowerBound
      return self[plane, word: place &>> 6] &>> UInt64(place & 63) & 1 == 1
    }
    @inline(__always) set {
      let place = row &- rows.lowerBound
      let bit: UInt64 = 1 &<< UInt64(place & 63)
      if newValue { self[plane, word: place &>> 6] |= bit } else { self[plane, word: place &>> 6] &= ~bit }
    }
  }

  @inline(__always) func first(_ plane: Int, in range: Range<Int>) -> Int? {
    let place = range.lowerBound &- rows.lowerBound
    var word = place &>> 6
    var bits = self[plane, word: word] & (.max &<< UInt64(place & 63))
    let end = range.upperBound &- rows.lowerBound
    while bits == 0 {
      word &+= 1
      guard word &<< 6 < end else { return nil }
      bits = self[plane, word: word]
    }
    let found = word &<< 6 &+ bits.trailingZeroBitCount
    return found < end ? found &+ rows.lowerBound : nil
  }

  @inline(__always) func last(_ plane: Int, in range: Range<Int>) -> Int? {
    guard !range.isEmpty else { return nil }
    let place = range.upperBound &- 1 &- rows.lowerBound
    var word = place &>> 6
    var bits = self[plane, word: word] & (.max &>> UInt64(63 &- place & 63))
    let start = range.lowerBound &- rows.lowerBound
    while bits == 0 {
      guard word &<< 6 > start else { return nil }
      word &-= 1
      bits = self[plane, word: word]
    }
    let found = word &<< 6 &+ 63 &- bits.leadingZeroBitCount
    return found >= start ? found &+ rows.lowerBound : nil
  }

  /// 64 rows of a plane from any row on; those behind the last word are 0.
  @inline(__always) func word(_ plane: Int, from row: Int) -> UInt64 {
    let place = row &- rows.lowerBound
    let (index, shift) = (place &>> 6, UInt64(place & 63))
    // Shifted by one less and then by one, as no bit of the second word is wanted where `shift` is 0.
    let next = (self[plane, word: index &+ 1] &<< 1) &<< (63 &- shift)
    return self[plane, word: index] &>> shift | next
  }

  /// How many rows of `range` are set.
  func count(_ plane: Int, in range: Range<Int>) -> Int {
    guard !range.isEmpty else { return 0 }
    let (start, end) = (range.lowerBound - rows.lowerBound, range.upperBound - rows.lowerBound)
    return (start >> 6...(end - 1) >> 6).reduce(0) { count, word in
      var bits = self[plane, word: word]
      if word == start >> 6 { bits &= .max &<< UInt64(start & 63) }
      if word == (end - 1) >> 6 { bits &= .max &>> UInt64(63 - (end - 1) & 63) }
      return count + bits.nonzeroBitCount
    }
  }
}
