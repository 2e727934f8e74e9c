import JourneyTime

/// What the dates of a column say about the order of day and month.
struct DateVotes: Sendable {
  struct Example: Sendable {
    var line: Int
    var text: String
  }
  /// First row that only reads with the day, or only with the month, in front.
  private(set) var dayFirst: Example?
  private(set) var monthFirst: Example?
  /// First row that reads both ways, and differently.
  private(set) var either: Example?

  mutating func count(dayFirst day: CivilDate?, monthFirst month: CivilDate?, line: Int, text: Span<UInt8>) {
    if day == month { return }
    if day == nil {
      if monthFirst == nil { monthFirst = Example(line: line, text: String(text)) }
    } else if month == nil {
      if dayFirst == nil { dayFirst = Example(line: line, text: String(text)) }
    } else if either == nil {
      either = Example(line: line, text: String(text))
    }
  }

  /// Adds the votes of a later part of the file, whose lines are counted from `lines` on.
  mutating func absorb(_ later: DateVotes, lines: Int) {
    func moved(_ example: Example?) -> Example? { example.map { Example(line: $0.line + lines, text: $0.text) } }
    dayFirst = dayFirst ?? moved(later.dayFirst)
    monthFirst = monthFirst ?? moved(later.monthFirst)
    either = either ?? moved(later.either)
  }
}
