import JourneyTime

/// An instant read off the clock of a zone.
struct ClockReading: Hashable, Sendable {
  let date: CivilDate
  let microsecondOfDay: Int64

  init(_ instant: Instant, in zone: Zone) {
    let reading = zone.reading(of: instant)
    date = CivilDate(daysSince1970: reading.day)
    microsecondOfDay = reading.microsecond
  }

  /// How finely a clock time is written.
  enum Precision: Int, Comparable, Sendable {
    case day, minute, second, millisecond, microsecond

    static func < (left: Precision, right: Precision) -> Bool { left.rawValue < right.rawValue }
  }

  /// The coarsest precision that loses nothing.
  var precision: Precision {
    if microsecondOfDay == 0 { return .day }
    if microsecondOfDay % 60_000_000 == 0 { return .minute }
    if microsecondOfDay % 1_000_000 == 0 { return .second }
    return microsecondOfDay % 1_000 == 0 ? .millisecond : .microsecond
  }

  /// `10:30`, `10:30:15`, `10:30:15.250`; empty for a whole day.
  func time(_ precision: Precision) -> String {
    let seconds = Int(microsecondOfDay / 1_000_000)
    let minute = "\(digits(seconds / 3_600, 2)):\(digits(seconds / 60 % 60, 2))"
    switch precision {
    case .day: return ""
    case .minute: return minute
    case .second: return minute + ":" + digits(seconds % 60, 2)
    case .millisecond: return time(.second) + "." + digits(Int(microsecondOfDay % 1_000_000 / 1_000), 3)
    case .microsecond: return time(.second) + "." + digits(Int(microsecondOfDay % 1_000_000), 6)
    }
  }

  /// `2025-07-01 10:30`
  func text(_ precision: Precision) -> String {
    precision == .day ? date.description : "\(date) \(time(precision))"
  }

  /// `Tue`
  var weekday: String { ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][date.weekday - 1] }

  private func digits(_ value: Int, _ count: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }
}

extension Range<Instant> {
  /// As the language writes it, as short as it goes: `2025-Q3`, `2025-07-01 .. 2025-07-14`.
  package func label(in zone: Zone) -> String {
    if let unit = unit(in: zone), unit != .hour { return unit.label(of: lowerBound, in: zone) }
    let (start, end) = (ClockReading(lowerBound, in: zone), ClockReading(upperBound, in: zone))
    if start.precision == .day, end.precision == .day {
      let last = CivilDate(daysSince1970: end.date.daysSince1970 - 1)
      return "\(start.date) .. \(last)"
    }
    let precision = Swift.max(start.precision, end.precision)
    return "\(start.text(precision)) .. \(end.text(precision))"
  }
}

extension Range<Instant> {
  /// The calendar unit that it is one of, the longest; nil of another range.
  package func unit(in zone: Zone) -> CalendarUnit? {
    CalendarUnit.allCases.reversed().first { unit in
      unit.start(of: lowerBound, in: zone) == lowerBound && unit.start(1, after: lowerBound, in: zone) == upperBound
    }
  }
}

extension ClosedRange<Instant> {
  /// The days of a zone it touches: `2025-01-01 .. 2025-06-30`.
  package func days(in zone: Zone) -> String {
    let (first, last) = (ClockReading(lowerBound, in: zone).date, ClockReading(upperBound, in: zone).date)
    return first == last ? first.description : "\(first) .. \(last)"
  }
}
