/// A unit of the calendar, in some zone. Weeks are ISO weeks.
public enum CalendarUnit: String, CaseIterable, Sendable, Codable {
  case hour, day, week, month, quarter, year

  private static let hourLength: Int64 = 3_600_000_000
  /// More days than there are in all of time, so that no count of longer units can leave the numbers either.
  private static let mostUnits = 250_000_000

  /// The start of the unit that holds `instant`.
  public func start(of instant: Instant, in zone: Zone) -> Instant {
    let (day, microsecond) = zone.reading(of: instant)
    // An hour is cut on the local clock but stays in its own offset, so a repeated hour is two units.
    if self == .hour {
      return Instant(microseconds: instant.microseconds.subtractingHeld(microsecond % Self.hourLength))
    }
    return zone.start(ofDay: firstDay(of: CivilDate(daysSince1970: day)).daysSince1970)
  }

  /// The start of the unit `count` units after the one that starts at `start` (before, if negative). Held at the ends of time.
  public func start(_ count: Int, after start: Instant, in zone: Zone) -> Instant {
    if self == .hour {
      return start.advanced(by: .hours(Int64(count)))
    }
    let date = CivilDate(daysSince1970: zone.reading(of: start).day)
    let count = min(max(count, -Self.mostUnits), Self.mostUnits)
    return zone.start(ofDay: advance(date, by: count).daysSince1970)
  }

  /// How many units, the last of them the one that starts at `last`, begin at `first` or later; at least 1.
  public func count(from first: Instant, through last: Instant, in zone: Zone) -> Int {
    // Not even hours are so many in all of time.
    var (count, beyond) = (1, 1 << 33)
    while beyond - count > 1 {
      let middle = (count + beyond) / 2
      if start(1 - middle, after: last, in: zone) < first { beyond = middle } else { count = middle }
    }
    return count
  }

  /// Starts of all units that meet `first ... last`, and the start of the one after them: n units give n + 1 instants, ascending.
  /// Stops after `limit` units, and at the end of time.
  public func boundaries(from first: Instant, through last: Instant, in zone: Zone, limit: Int = 1_000_000)
    -> [Instant]
  {
    var starts = [start(of: first, in: zone)]
    while let latest = starts.last, latest <= last, starts.count <= limit {
      let next = start(1, after: latest, in: zone)
      guard next > latest else { break }
      starts.append(next)
    }
    return starts
  }

  /// How the unit that starts at `start` is written: `2025-07-01T10`, `2025-07-01`, `2025-W27`, `2025-07`, `2025-Q3`, `2025`.
  public func label(of start: Instant, in zone: Zone) -> String {
    let (day, microsecond) = zone.reading(of: start)
    let date = CivilDate(daysSince1970: day)
    switch self {
    case .hour: return "\(date)T\(padded(Int(microsecond / Self.hourLength), 2))"
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
