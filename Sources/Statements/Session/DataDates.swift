import JourneyTime
import Language

/// Dates that are in the data, for hints.
struct DataDates {
  private let span: ClosedRange<Instant>
  private let zone: Zone

  /// Nil where there are no events.
  init?(_ vocabulary: Vocabulary) {
    guard let span = vocabulary.span else { return nil }
    (self.span, zone) = (span, vocabulary.zone)
  }

  var firstDay: String { CalendarUnit.day.label(of: span.lowerBound, in: zone) }
  var lastDay: String { last(.day) }

  /// The unit of the calendar that holds the last event.
  func last(_ unit: CalendarUnit) -> String { unit.label(of: span.upperBound, in: zone) }

  /// The unit before the one that holds the last event, where the data reaches so far back.
  private func lastButOne(_ unit: CalendarUnit) -> String? {
    let start = unit.start(-1, after: unit.start(of: span.upperBound, in: zone), in: zone)
    return start >= unit.start(of: span.lowerBound, in: zone) ? unit.label(of: start, in: zone) : nil
  }

  /// The dates that words mean: `April`, `Q2`, `yesterday`; nil where they mean none.
  func named(_ words: [String]) -> String? {
    guard let word = words.first?.lowercased() else { return nil }
    let year = words.dropFirst().first.flatMap { $0.utf8.count == 4 ? Int($0) : nil }
    switch word {
    case "today", "now": return lastDay
    case "yesterday": return lastButOne(.day)
    case "this", "current":
      guard words.count > 1, let unit = CalendarUnit(rawValue: words[1].lowercased()) else { return nil }
      return "last \(unit)"
    case "previous", "past":
      guard words.count > 1 else { return nil }
      return "last " + words.dropFirst().prefix(2).joined(separator: " ").lowercased()
    case "q1", "q2", "q3", "q4": return label("-\(word.uppercased())", of: .quarter, in: year)
    default:
      let names = CivilDate.monthNames
      guard word.utf8.count >= 3, let month = names.firstIndex(where: { $0 == word || $0.prefix(3) == word }) else {
        return nil
      }
      return label((month < 9 ? "-0" : "-") + String(month + 1), of: .month, in: year)
    }
  }

  /// The latest year of the data with this ending that holds data, or the year given.
  private func label(_ ending: String, of unit: CalendarUnit, in year: Int?) -> String? {
    if let year { return CalendarDate("\(year)\(ending)")?.description }
    let years = [
      CalendarUnit.year.label(of: span.upperBound, in: zone), CalendarUnit.year.label(of: span.lowerBound, in: zone),
    ]
    let dates = years.compactMap { CalendarDate($0 + ending) }
    let held = dates.first { span.overlaps($0.range(in: zone)) }
    return (held ?? dates.first)?.description
  }

  /// Events on this side of a date, as dates: `before` is whether those before it are meant.
  func side(before: Bool, including: Bool, _ date: CalendarDate) -> String? {
    let range = date.range(in: zone)
    if before {
      let end = including ? range.upperBound : range.lowerBound
      guard end > span.lowerBound else { return nil }
      let day = CalendarUnit.day.label(of: Instant(microseconds: end.microseconds - 1), in: zone)
      return firstDay == day ? day : "\(firstDay) .. \(day)"
    }
    let start = including ? range.lowerBound : range.upperBound
    guard start <= span.upperBound else { return nil }
    let day = CalendarUnit.day.label(of: start, in: zone)
    return day == lastDay ? day : "\(including ? date.description : day) .. \(lastDay)"
  }

  /// A hint of the grammar, which knows no data, with dates of the data in place of its own.
  func placed(in hint: String) -> String {
    let day = last(.day)
    let own: [(String, String)] = [
      ("2025-07-01T10:30", day + "T10:30"), ("2025-07-01", day), ("2025-Q3 vs 2025-Q2", comparison),
      ("2025-Q3", last(.quarter)), ("2025-07", last(.month)), ("2025-W31", last(.week)),
    ]
    var (placed, rest) = ("", hint[...])
    while !rest.isEmpty {
      if let (sample, date) = own.first(where: { rest.hasPrefix($0.0) }) {
        placed += date
        rest = rest.dropFirst(sample.count)
      } else {
        placed.append(rest.removeFirst())
      }
    }
    return placed
  }

  /// Two periods that can be held against each other.
  private var comparison: String {
    for unit in [CalendarUnit.quarter, .month, .week, .day] {
      if let before = lastButOne(unit) { return "\(last(unit)) vs \(before)" }
    }
    return "\(lastDay) vs \(firstDay)"
  }
}
