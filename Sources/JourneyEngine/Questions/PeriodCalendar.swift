import JourneyQuery
import JourneyTime

/// The calendar units that the rows of `per` stand for.
struct PeriodCalendar: Sendable {
  /// As many units as are told apart: hours of a century.
  static let mostUnits = 1_000_000

  /// Years 1 to 9999 in microseconds, which every zone can write as dates.
  private static let years: Range<Int64> = -62_135_596_800_000_000..<253_402_300_800_000_000

  private let unit: CalendarUnit
  private let zone: Zone
  /// Starts of the units and the end of the last one, in microseconds; empty if there are no units.
  private let boundaries: [Int64]

  /// All units of `during` or, without it, those from the first to the last instant of `found` (microseconds); none if
  /// that is nil. Throws `limit` if they are too many.
  init(_ unit: CalendarUnit, _ zone: Zone, during: Range<Instant>?, found: ClosedRange<Int64>?)
    throws(ExecutionError)
  {
    (self.unit, self.zone) = (unit, zone)
    let first = during?.lowerBound.microseconds ?? found?.lowerBound
    let last = during.map { $0.isEmpty ? nil : $0.upperBound.microseconds - 1 } ?? found?.upperBound
    guard let first, let last else {
      boundaries = []
      return
    }
    guard Self.years.contains(first), Self.years.contains(last) else {
      throw .limit("dates in the years 1 to 9999 for 'per'")
    }
    let starts = unit.boundaries(
      from: Instant(microseconds: first), through: Instant(microseconds: last), in: zone, limit: Self.mostUnits)
    guard let end = starts.last, end.microseconds > last else {
      throw .limit("at most \(Self.mostUnits) units of 'per'")
    }
    boundaries = starts.map(\.microseconds)
  }

  var count: Int { max(0, boundaries.count - 1) }
  func start(of period: Int) -> Instant { Instant(microseconds: boundaries[period]) }
  /// Where a unit ends and the next begins, in microseconds.
  func end(of period: Int) -> Int64 { boundaries[period + 1] }
  func label(of period: Int) -> String { unit.label(of: start(of: period), in: zone) }

  /// The unit that holds an instant between the first and the last boundary.
  func period(of instant: Int64) -> Int {
    var (low, high) = (0, count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if boundaries[middle] <= instant { low = middle } else { high = middle }
    }
    return low
  }
}
