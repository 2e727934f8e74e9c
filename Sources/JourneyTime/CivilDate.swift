/// A day of the proleptic Gregorian calendar.
///
/// Conversions follow Howard Hinnant, "chrono-compatible low-level date algorithms".
public struct CivilDate: Hashable, Comparable, Sendable {
  public let year: Int
  public let month: Int
  public let day: Int

  /// Nil unless the day exists and its year is 0…9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (0...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(inMonth: month, of: year)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// Beyond all instants, and so near that arithmetic on days and years stays within the numbers.
  private static let farthestDay = 1_000_000_000_000

  /// The day that lies `days` after 1970-01-01; held at a million million days, before and after.
  public init(daysSince1970 days: Int) {
    let shifted = min(max(days, -Self.farthestDay), Self.farthestDay) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  public var daysSince1970: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Monday is 1, Sunday is 7.
  public var weekday: Int {
    let sinceThursday = daysSince1970 % 7
    return ((sinceThursday + 7) % 7 + 3) % 7 + 1
  }

  /// The ISO 8601 week this day belongs to, with the year that week belongs to.
  public var isoWeek: (year: Int, week: Int) {
    let thursday = CivilDate(daysSince1970: daysSince1970 - weekday + 4)
    let firstOfYear = CivilDate(unchecked: thursday.year, 1, 1)
    return (thursday.year, (thursday.daysSince1970 - firstOfYear.daysSince1970) / 7 + 1)
  }

  /// Monday of ISO week `week` of `year`; nil if that year has no such week.
  public static func monday(ofWeek week: Int, year: Int) -> CivilDate? {
    guard (1...9999).contains(year), (1...53).contains(week) else { return nil }
    let fourth = CivilDate(unchecked: year, 1, 4)
    let monday = CivilDate(daysSince1970: fourth.daysSince1970 - fourth.weekday + 1 + (week - 1) * 7)
    return monday.isoWeek == (year, week) ? monday : nil
  }

  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  /// For days that are known to exist.
  init(unchecked year: Int, _ month: Int, _ day: Int) {
    (self.year, self.month, self.day) = (year, month, day)
  }
}

extension CivilDate: CustomStringConvertible {
  /// `2025-07-01`.
  public var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }
}

/// `value` in decimal with at least `width` digits.
func padded(_ value: Int, _ width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension CivilDate {
  /// In English, from January on, in lower case.
  package static let monthNames = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]
}
