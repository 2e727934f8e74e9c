import EventStore
import JourneyTime

/// Three numbers with one and the same sign (`/`, `.` or `-`) between them, four digits for the year at either end.
struct NumericDate {
  let first: Int
  let second: Int
  let third: Int
  let isYearFirst: Bool
  /// Offset behind the date.
  let end: Int

  init?(_ text: Span<UInt8>) {
    var offset = 0
    guard let first = number(text, &offset, digits: 4), offset < text.count else { return nil }
    isYearFirst = offset == 4
    let sign = text[offset]
    guard sign == UInt8(ascii: "/") || sign == UInt8(ascii: ".") || sign == UInt8(ascii: "-") else { return nil }
    offset += 1
    guard let second = number(text, &offset, digits: 2), offset < text.count, text[offset] == sign else { return nil }
    offset += 1
    let start = offset
    guard let third = number(text, &offset, digits: 4) else { return nil }
    guard isYearFirst ? offset - start <= 2 : offset - start == 4 && first < 100 else { return nil }
    (self.first, self.second, self.third, end) = (first, second, third, offset)
  }

  /// The date with the day in front and with the month in front; nil where there is no such day.
  var readings: (dayFirst: CivilDate?, monthFirst: CivilDate?) {
    (
      CivilDate(year: third, month: second, day: first), CivilDate(year: third, month: first, day: second)
    )
  }
}

/// A number of one to `digits` digits; `offset` is left behind it.
func number(_ text: Span<UInt8>, _ offset: inout Int, digits: Int) -> Int? {
  let start = offset
  var value = 0
  while offset < text.count, offset - start < digits, text[offset] &- 48 < 10 {
    value = value * 10 + Int(text[offset] - 48)
    offset += 1
  }
  return offset > start ? value : nil
}
