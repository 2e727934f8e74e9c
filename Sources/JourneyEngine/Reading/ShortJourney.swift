/// The planes of a journey of at most 64 rows, a word each: most journeys are so short, and a leap in them is two
/// instructions.
///
/// Not to be copied: a processor that has just written words one by one waits before it reads them back two at a time.
struct ShortJourney: StepPlanes, ~Copyable {
  static var mostPlanes: Int { 8 }
  static var mostRows: Int { 64 }
  private let start: Int
  /// Bit i of word p: row `start + i` is set in plane p.
  private var words = InlineArray<8, UInt64>(repeating: 0)

  /// The first planes of `bitmaps`, at most `mostPlanes`, for the rows of a journey of at most `mostRows`.
  @inline(__always)
  init(_ journey: Range<Int>, of bitmaps: RowBitmaps, planes: Int) {
    start = journey.lowerBound
    // What belongs to the journeys behind this one is cut off by the ends of the ranges asked for.
    for plane in 0..<planes { words[plane] = bitmaps.word(plane, from: start) }
  }

  @inline(__always) func first(_ plane: Int, in range: Range<Int>) -> Int? {
    let bits = words[plane] & (.max << UInt64(truncatingIfNeeded: range.lowerBound &- start))
    let found = start &+ bits.trailingZeroBitCount
    return found < range.upperBound ? found : nil
  }

  @inline(__always) func last(_ plane: Int, in range: Range<Int>) -> Int? {
    guard !range.isEmpty else { return nil }
    let bits = words[plane] & (.max &>> UInt64(truncatingIfNeeded: start &+ 64 &- range.upperBound))
    let found = start &+ 63 &- bits.leadingZeroBitCount
    return found >= range.lowerBound ? found : nil
  }
}
