import EventStore
import JourneyTime

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

private func monthNumber(_ name: String) -> Int? {
  guard name.utf8.count >= 3 else { return nil }
  return CivilDate.monthNames.firstIndex { $0.hasPrefix(name) || name == "sept" && $0 == "september" }.map { $0 + 1 }
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
