/// Short traces as words, so that customers with the same one are counted before it is looked at: the stages visit by visit, from 1, the
/// last in the lowest bits.
struct TraceWords: Sendable {
  /// Bits of a visit.
  let width: Int
  /// Visits that a word has room for.
  let most: Int

  init(stages: Int) {
    width = max(1, Int.bitWidth - stages.leadingZeroBitCount)
    most = UInt64.bitWidth / width
  }

  /// Nil of a trace that there is no room for.
  func word(_ visits: [UInt8]) -> UInt64? {
    visits.count > most ? nil : visits.reduce(0) { $0 << UInt64(width) | UInt64($1) + 1 }
  }

  func visits(_ word: UInt64) -> [UInt8] {
    var (rest, visits) = (word, [UInt8]())
    while rest != 0 {
      visits.append(UInt8(truncatingIfNeeded: rest & (1 << UInt64(width) - 1)) - 1)
      rest >>= UInt64(width)
    }
    return visits.reversed()
  }
}
