/// A date as people write it: a year, a quarter, a month, a week, a day, or a time of day, with or without an offset of its own.
public enum CalendarDate: Hashable, Sendable {
  case year(Int)
  case quarter(year: Int, quarter: Int)
  case month(year: Int, month: Int)
  case week(year: Int, week: Int)
  case day(CivilDate)
  /// `length` is the precision written (a minute, a second, or a fraction of one); `offset` is microseconds east of UTC, nil for the
  /// workspace's zone.
  case time(CivilDate, microsecondOfDay: Int64, length: Duration, offset: Int64?)

  /// All of the date: from its start up to, not including, its end.
  public func range(in zone: Zone) -> Range<Instant> {
    switch self {
    case .time(let date, let microsecond, let length, let offset):
      let local = Int64(date.daysSince1970) * 86_400_000_000 + microsecond
      let start = offset.map { Instant(microseconds: local - $0) } ?? zone.instant(local: local)
      return start..<start.advanced(by: length)
    default:
      let (first, unit) = firstDay
      let start = zone.instant(local: Int64(first.daysSince1970) * 86_400_000_000)
      return start..<unit.start(1, after: start, in: zone)
    }
  }

  /// What it is one of; nil for a time of day.
  public var unit: CalendarUnit? { if case .time = self { nil } else { firstDay.1 } }

  private var firstDay: (CivilDate, CalendarUnit) {
    switch self {
    case .year(let year): (CivilDate(unchecked: year, 1, 1), .year)
    case .quarter(let year, let quarter): (CivilDate(unchecked: year, quarter * 3 - 2, 1), .quarter)
    case .month(let year, let month): (CivilDate(unchecked: year, month, 1), .month)
    case .week(let year, let week):
      (CivilDate.monday(ofWeek: week, year: year) ?? CivilDate(unchecked: year, 1, 1), .week)
    case .day(let date): (date, .day)
    case .time(let date, _, _, _): (date, .day)
    }
  }
}

extension CalendarDate {
  /// Reads `2025`, `2025-Q3`, `2025-07`, `2025-W31`, `2025-07-01`, `2025-07-01T10:30[:15[.5]]` with `Z`, `+02:00` or nothing
  /// behind it. Nil for anything else and for days that do not exist.
  public init?(_ text: String) {
    let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
    let fields = parts[0].split(separator: "-", omittingEmptySubsequences: false)
    guard let year = Self.digits(fields[0], 4) else { return nil }
    if parts.count == 2 {
      guard fields.count == 3, let month = Self.digits(fields[1], 2), let day = Self.digits(fields[2], 2),
        let date = CivilDate(year: year, month: month, day: day),
        let time = Self.time(parts[1])
      else { return nil }
      self = .time(date, microsecondOfDay: time.microsecond, length: time.length, offset: time.offset)
      return
    }
    switch fields.count {
    case 1: self = .year(year)
    case 2:
      if fields[1].hasPrefix("Q"), let quarter = Self.digits(fields[1].dropFirst(), 1), (1...4).contains(quarter) {
        self = .quarter(year: year, quarter: quarter)
      } else if fields[1].hasPrefix("W"), let week = Self.digits(fields[1].dropFirst(), 2),
        CivilDate.monday(ofWeek: week, year: year) != nil
      {
        self = .week(year: year, week: week)
      } else if let month = Self.digits(fields[1], 2), (1...12).contains(month) {
        self = .month(year: year, month: month)
      } else {
        return nil
      }
    case 3:
      guard let month = Self.digits(fields[1], 2), let day = Self.digits(fields[2], 2),
        let date = CivilDate(year: year, month: month, day: day)
      else { return nil }
      self = .day(date)
    default: return nil
    }
  }

  private static func digits(_ text: Substring, _ count: Int) -> Int? {
    guard text.utf8.count == count, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int(text)
  }

  private static func time(_ text: Substring) -> (microsecond: Int64, length: Duration, offset: Int64?)? {
    var clock = text
    var offset: Int64?
    if clock.hasSuffix("Z") {
      clock = clock.dropLast()
      offset = 0
    } else if let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
      let written = clock[sign...].dropFirst().split(separator: ":", omittingEmptySubsequences: false)
      guard written.count == 2, let hours = digits(written[0], 2), let minutes = digits(written[1], 2),
        hours <= 18, minutes < 60
      else { return nil }
      offset = (clock[sign] == "-" ? -1 : 1) * Int64(hours * 60 + minutes) * 60_000_000
      clock = clock[..<sign]
    }
    let fields = clock.split(separator: ":", omittingEmptySubsequences: false)
    guard fields.count == 2 || fields.count == 3, let hour = digits(fields[0], 2), hour < 24,
      let minute = digits(fields[1], 2), minute < 60
    else { return nil }
    var microsecond = Int64(hour * 60 + minute) * 60_000_000
    guard fields.count == 3 else { return (microsecond, .minutes(1), offset) }
    let second = fields[2].split(separator: ".", omittingEmptySubsequences: false)
    guard second.count <= 2, let whole = digits(second[0], 2), whole < 60 else { return nil }
    microsecond += Int64(whole) * 1_000_000
    guard second.count == 2 else { return (microsecond, .seconds(1), offset) }
    let places = second[1].utf8.count
    guard (1...6).contains(places), let fraction = digits(second[1], places) else { return nil }
    let unit = (0..<(6 - places)).reduce(Int64(1)) { size, _ in size * 10 }
    return (microsecond + Int64(fraction) * unit, Duration(microseconds: unit), offset)
  }
}

extension CalendarDate: CustomStringConvertible {
  /// The text that reads back as this date.
  public var description: String {
    switch self {
    case .year(let year): return padded(year, 4)
    case .quarter(let year, let quarter): return "\(padded(year, 4))-Q\(quarter)"
    case .month(let year, let month): return "\(padded(year, 4))-\(padded(month, 2))"
    case .week(let year, let week): return "\(padded(year, 4))-W\(padded(week, 2))"
    case .day(let date): return date.description
    case .time(let date, let microsecond, let length, let offset):
      return "\(date)T\(Self.clock(microsecond, length))\(offset.map(Self.offsetText) ?? "")"
    }
  }

  private static func clock(_ microsecond: Int64, _ length: Duration) -> String {
    let minutes = Int(microsecond / 60_000_000)
    var text = "\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
    guard length < .minutes(1) else { return text }
    text += ":\(padded(Int(microsecond / 1_000_000 % 60), 2))"
    guard length < .seconds(1) else { return text }
    let places = String(1_000_000 / length.microseconds).count - 1
    return text + "." + padded(Int(microsecond % 1_000_000), 6).prefix(places)
  }

  private static func offsetText(_ offset: Int64) -> String {
    if offset == 0 { return "Z" }
    let minutes = Int(offset.magnitude / 60_000_000)
    return "\(offset < 0 ? "-" : "+")\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
  }
}
