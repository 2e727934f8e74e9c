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
private func number(_ text: Span<UInt8>, _ offset: inout Int, digits: Int) -> Int? {
  let start = offset
  var value = 0
  while offset < text.count, offset - start < digits, text[offset] &- 48 < 10 {
    value = value * 10 + Int(text[offset] - 48)
    offset += 1
  }
  return offset > start ? value : nil
}

/// The whole part of a number, its fraction in millionths (further digits are cut), its sign. Nil for anything else.
func epochParts(_ text: Span<UInt8>) -> (whole: UInt64, millionths: Int64, isNegative: Bool)? {
  guard text.count > 0 else { return nil }
  var offset = 0
  let isNegative = text[0] == UInt8(ascii: "-")
  if isNegative { offset = 1 }
  let start = offset
  var whole: UInt64 = 0
  while offset < text.count, text[offset] &- 48 < 10 {
    guard offset - start < 18 else { return nil }
    whole = whole * 10 + UInt64(text[offset] - 48)
    offset += 1
  }
  guard offset > start else { return nil }
  var (millionths, unit): (Int64, Int64) = (0, 100_000)
  if offset < text.count {
    guard text[offset] == UInt8(ascii: "."), offset + 1 < text.count else { return nil }
    offset += 1
    while offset < text.count {
      guard text[offset] &- 48 < 10 else { return nil }
      millionths += Int64(text[offset] - 48) * unit
      unit /= 10
      offset += 1
    }
  }
  return (whole, millionths, isNegative)
}

/// A date with an English month name, after a weekday if there is one: `4 Jan 2024`, `04-January-2024`, `Jan 4, 2024`.
/// `end` is the offset behind it.
func namedMonthDate(_ text: Span<UInt8>) -> (day: CivilDate, end: Int)? {
  var offset = 0
  var (day, month, year): (Int?, Int?, Int?)
  while offset < text.count, year == nil {
    if text[offset] &- 48 < 10 {
      let start = offset
      guard let value = number(text, &offset, digits: 4) else { return nil }
      if offset - start == 4 { year = value } else if day == nil { day = value } else { return nil }
    } else if let letters = word(text, &offset) {
      if let found = monthNumber(letters) {
        guard month == nil else { return nil }
        month = found
      } else {
        guard day == nil, month == nil, weekdays.contains(String(letters.prefix(3))) else { return nil }
      }
    } else {
      guard " ,.-/".utf8.contains(text[offset]) else { return nil }
      offset += 1
    }
  }
  guard let day, let month, let year, let date = CivilDate(year: year, month: month, day: day) else { return nil }
  return (date, offset)
}

private let weekdays: Set<String> = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
private let months = [
  "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
  "december",
]

private func monthNumber(_ name: String) -> Int? {
  guard name.utf8.count >= 3 else { return nil }
  return months.firstIndex { $0.hasPrefix(name) || name == "sept" && $0 == "september" }.map { $0 + 1 }
}

/// ASCII letters in lower case, at most ten; nil if there are none. `offset` is left behind them.
private func word(_ text: Span<UInt8>, _ offset: inout Int) -> String? {
  var letters = ""
  while offset < text.count, letters.utf8.count < 10, (text[offset] | 0x20) &- UInt8(ascii: "a") < 26 {
    letters.unicodeScalars.append(Unicode.Scalar(text[offset] | 0x20))
    offset += 1
  }
  return letters.isEmpty ? nil : letters
}
