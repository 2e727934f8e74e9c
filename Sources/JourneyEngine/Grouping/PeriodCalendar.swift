import JourneyQuery
import JourneyTime

/// The calendar units that the rows of `per` stand for.
struct PeriodCalendar: Sendable {
  /// As many units as are told apart: hours of a century.
  static let mostUnits = 1_000_000

  /// As many rows as an answer by groups and units may have.
  static let mostRows = 1_000_000

  /// Throws `limit` for more groups and units, each pair with so many rows, than an answer may have.
  static func check(groups: Int, units: Int, rows: Int = 1) throws(ExecutionError) {
    guard units == 0 || groups * rows <= mostRows / units else {
      throw .limit(.rows(mostRows))
    }
  }

  /// Years 1 to 9999 in microseconds, which every zone can write as dates.
  static let years: Range<Int64> = -62_135_596_800_000_000..<253_402_300_800_000_000

  private let unit: CalendarUnit
  private let zone: Zone
  private let during: Range<Instant>?
  private let found: ClosedRange<Int64>?
  /// Starts of the units and the end of the last one, in microseconds; empty if there are no units.
  private let boundaries: [Int64]
  /// Time from the first boundary on in cells of 2^`shift` microseconds, and the unit at the start of each.
  private let cells: [Int32]
  private let shift: Int64

  /// All units of `during` or, without it, those from the first to the last instant of `found` (microseconds); none if
  /// that is nil. Throws `limit` if they are too many.
  init(_ unit: CalendarUnit, _ zone: Zone, during: Range<Instant>?, found: ClosedRange<Int64>?)
    throws(ExecutionError)
  {
    (self.unit, self.zone, self.during, self.found) = (unit, zone, during, found)
    let first = during?.lowerBound.microseconds ?? found?.lowerBound
    let last = during.map { $0.isEmpty ? nil : $0.upperBound.microseconds - 1 } ?? found?.upperBound
    guard let first, let last else {
      (boundaries, cells, shift) = ([], [], 0)
      return
    }
    guard Self.years.contains(first), Self.years.contains(last) else {
      throw .limit(.yearsOfUnits(1...9999))
    }
    let starts = unit.boundaries(
      from: Instant(microseconds: first), through: Instant(microseconds: last), in: zone, limit: Self.mostUnits)
    guard let end = starts.last, end.microseconds > last else {
      throw .limit(.units(Self.mostUnits))
    }
    boundaries = starts.map(\.microseconds)
    (cells, shift) = Self.cells(of: boundaries)
  }

  /// Cells so short that most hold no boundary: about eight times as many as units, or 16,384 if that is more.
  private static func cells(of boundaries: [Int64]) -> (cells: [Int32], shift: Int64) {
    guard let first = boundaries.first, let end = boundaries.last else { return ([], 0) }
    let length = (end - first) / Int64(boundaries.count)
    var shift = Int64(max(0, 61 - max(1, length).leadingZeroBitCount))
    while shift > 0, (end - first) >> (shift - 1) < 16_384 { shift -= 1 }
    var cells: [Int32] = []
    var unit = 0
    for cell in 0...(end - first) >> shift {
      while unit + 2 < boundaries.count, boundaries[unit + 1] <= first + cell << shift { unit += 1 }
      cells.append(Int32(unit))
    }
    return (cells, shift)
  }

  var count: Int { max(0, boundaries.count - 1) }
  func start(of period: Int) -> Instant { Instant(microseconds: boundaries[period]) }
  /// Where a unit ends and the next begins, in microseconds.
  func end(of period: Int) -> Int64 { boundaries[period + 1] }
  func label(of period: Int) -> String { unit.label(of: start(of: period), in: zone) }
  var periods: [Period] { (0..<count).map { Period(start: start(of: $0), label: label(of: $0)) } }

  /// The unit that holds an instant; the first or the last for one that none does. O(1) where units are about as long as
  /// each other.
  @inline(__always)
  func period(of instant: Int64) -> Int {
    guard !cells.isEmpty else { return 0 }
    let cell = Int(truncatingIfNeeded: (instant &- boundaries[0]) >> shift)
    var unit = Int(cells[min(max(cell, 0), cells.count - 1)])
    while unit + 2 < boundaries.count, instant >= boundaries[unit + 1] { unit += 1 }
    return unit
  }

  /// Leaves the unit of each of the first `count` instants in `units`.
  func periods(of instants: Span<Int64>, _ count: Int, _ units: inout [Int32]) {
    guard let first = boundaries.first else { return }
    let (ends, starts) = (boundaries.span.extracting(1..<boundaries.count - 1), cells.span)
    let last = cells.count - 1
    var units = units.mutableSpan
    for index in 0..<count {
      let instant = instants[index]
      var unit = Int(starts[min(max(Int(truncatingIfNeeded: (instant &- first) &>> shift), 0), last)])
      while unit < ends.count, instant >= ends[unit] { unit += 1 }
      units[index] = Int32(truncatingIfNeeded: unit)
    }
  }
}

extension PeriodCalendar: Codable {
  private enum Key: CodingKey { case unit, zone, during, found }

  /// As what it was made of.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(unit, forKey: .unit)
    try container.encode(zone, forKey: .zone)
    try container.encode(during, forKey: .during)
    try container.encode(found, forKey: .found)
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    try self.init(
      container.decode(CalendarUnit.self, forKey: .unit), container.decode(Zone.self, forKey: .zone),
      during: container.decode(Range<Instant>?.self, forKey: .during),
      found: container.decode(ClosedRange<Int64>?.self, forKey: .found))
  }
}
