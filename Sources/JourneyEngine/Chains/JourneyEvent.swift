/// An event of one journey that fills a step or is excluded by `without`. A list of them is in canonical order.
struct JourneyEvent {
  /// Bit of `matches` for events that `without` names; the lower ones are the steps of the path.
  static let excluded: UInt64 = 1 << 63
  /// Steps a path can have beside that bit.
  static let mostSteps = 63

  /// Microseconds since 1970 UTC.
  var instant: Int64
  /// Bit s is set if the event may fill step s; bit 0 only if a chain may start here.
  var matches: UInt64
  /// Row in the bucket; `supposedRow` for an event that did not happen.
  var row: Int
  /// Number of the event among all that `where` left of the journey, so that neighbours can be told.
  var place: Int
  /// Number of its moment: equal for events of one moment, larger for later ones.
  var moment: Int
  /// Key of the `holding` value; nil where there is none.
  var value: Int?

  /// Of an event that is supposed to follow the store's last.
  static let supposedRow = Int.max

  var isExcluded: Bool { matches & Self.excluded != 0 }
  var steps: UInt64 { matches & ~Self.excluded }
  func fills(_ step: Int) -> Bool { matches >> UInt64(step) & 1 == 1 }
}

/// Microseconds from one instant to a later one, held at the largest number.
@inline(__always) func elapsed(from start: Int64, to end: Int64) -> Int64 {
  let (length, overflow) = end.subtractingReportingOverflow(start)
  return overflow ? .max : length
}

extension Int64 {
  /// The sum with a length of time, held at the largest number.
  func addingHeld(_ length: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(length)
    return overflow ? .max : sum
  }
}

/// Steps as a bit mask: those of `range` that are `included`.
func stepMask(_ range: Range<Int>, where included: (Int) -> Bool = { _ in true }) -> UInt64 {
  range.reduce(0) { included($1) ? $0 | 1 << UInt64($1) : $0 }
}
