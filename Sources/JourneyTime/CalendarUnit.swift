/// A unit of the calendar, in some zone. Weeks are ISO weeks.
public enum CalendarUnit: String, CaseIterable, Sendable, Codable {
  case hour, day, week, month, quarter, year

  private static let dayLength: Int64 = 86_400_000_000

  /// The start of the unit that holds `instant`.
  public func start(of instant: Instant, in zone: Zone) -> Instant {
    let local = instant.microseconds.subtractingHeld(-zone.offset(at: instant))
    if self == .hour {
      // An hour is cut on the local clock but stays in its own offset, so a repeated hour is two units.
      let hour: Int64 = 3_600_000_000
      let into = ((local % hour) + hour) % hour
      return Instant(microseconds: instant.microseconds.subtractingHeld(into))
    }
    let days = Int((Double(local) / Double(Self.dayLength)).rounded(.down))
    return zone.instant(local: Int64(firstDay(of: CivilDate(daysSince1970: days)).daysSince1970) * Self.dayLength)
  }

  /// The start of the unit `count` units after the one that starts at `start` (before, if negative).
  public func start(_ count: Int, after start: Instant, in zone: Zone) -> Instant {
    if self == .hour {
      return start.advanced(by: .hours(Int64(count)))
    }
    let local = start.microseconds.subtractingHeld(-zone.offset(at: start))
    let date = CivilDate(daysSince1970: Int((Double(local) / Double(Self.dayLength)).rounded(.down)))
    return zone.instant(local: Int64(advance(date, by: count).daysSince1970) * Self.dayLength)
  }

  /// Starts of all units that meet `first ... last`, and the start of the one after them: n units give n + 1 instants, ascending.
  /// Stops after `limit` units.
  public func boundaries(from first: Instant, through last: Instant, in zone: Zone, limit: Int = 1_000_000)
    -> [Instant]
  {
    var starts = [start(of: first, in: zone)]
    while let latest = starts.last, latest <= last, starts.count <= limit {
      starts.append(start(1, after: latest, in: zone))
    }
    return starts
  }

  /// How the unit that starts at `start` is written: `2025-07-01T10`, `2025-07-01`, `2025-W27`, `2025-07`, `2025-Q3`, `2025`.
  public func label(of start: Instant, in zone: Zone) -> String {
    let local = start.microseconds.subtractingHeld(-zone.offset(at: start))
    let days = (Double(local) / Double(Self.dayLength)).rounded(.down)
    let date = CivilDate(daysSince1970: Int(days))
    switch self {
    case .hour: return "\(date)T\(padded(Int((local - Int64(days) * Self.dayLength) / 3_600_000_000), 2))"
    case .day: return date.description
    case .week:
      let week = date.isoWeek
      return "\(padded(week.year, 4))-W\(padded(week.week, 2))"
    case .month: return "\(padded(date.year, 4))-\(padded(date.month, 2))"
    case .quarter: return "\(padded(date.year, 4))-Q\((date.month + 2) / 3)"
    case .year: return padded(date.year, 4)
    }
  }

  private func firstDay(of date: CivilDate) -> CivilDate {
    switch self {
    case .hour, .day: return date
    case .week: return CivilDate(daysSince1970: date.daysSince1970 - date.weekday + 1)
    case .month: return CivilDate(unchecked: date.year, date.month, 1)
    case .quarter: return CivilDate(unchecked: date.year, (date.month - 1) / 3 * 3 + 1, 1)
    case .year: return CivilDate(unchecked: date.year, 1, 1)
    }
  }

  private func advance(_ first: CivilDate, by count: Int) -> CivilDate {
    switch self {
    case .hour, .day: return CivilDate(daysSince1970: first.daysSince1970 + count)
    case .week: return CivilDate(daysSince1970: first.daysSince1970 + 7 * count)
    case .month: return monthsAfter(first, count)
    case .quarter: return monthsAfter(first, 3 * count)
    case .year: return monthsAfter(first, 12 * count)
    }
  }

  private func monthsAfter(_ first: CivilDate, _ count: Int) -> CivilDate {
    let months = first.year * 12 + first.month - 1 + count
    let year = months >= 0 ? months / 12 : (months - 11) / 12
    return CivilDate(unchecked: year, months - year * 12 + 1, 1)
  }
}
