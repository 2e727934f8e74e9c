import JourneyQuery
import JourneyTime

/// Days and hours of instants on the clocks of a zone, a few operations each: the offset from UTC seldom changes.
struct LocalClock: Sendable {
  private static let hourLength: Int64 = 3_600_000_000
  private static let dayLength: Int64 = 24 * hourLength

  /// Microseconds from which on an offset holds.
  private let starts: [Int64]
  private let offsets: [Int64]
  /// Days since 1970-01-01 of the first day; local midnights are counted from its.
  private let firstDay: Int64
  let dayCount: Int

  /// Of instants in a span. Throws `limit` for days before the year 1 or after 9999.
  init(of span: ClosedRange<Int64>?, in zone: Zone) throws(ExecutionError) {
    guard let span else {
      (starts, offsets, firstDay, dayCount) = ([.min], [0], 0, 0)
      return
    }
    guard PeriodCalendar.years.contains(span.lowerBound), PeriodCalendar.years.contains(span.upperBound) else {
      throw .limit(.yearsOfClocks(1...9999))
    }
    let held = zone.offsets(in: span)
    (starts, offsets) = (held.map(\.from), held.map(\.offset))
    // A clock that is put back may show an earlier day again.
    let first = zone.reading(of: Instant(microseconds: span.lowerBound)).day - 1
    firstDay = Int64(first)
    dayCount = zone.reading(of: Instant(microseconds: span.upperBound)).day - first + 2
  }

  /// `2025-07-01` of each day from the first on.
  var dates: [String] {
    (0..<dayCount).map { day in
      CalendarUnit.day.label(
        of: Instant(microseconds: (firstDay + Int64(day)) * Self.dayLength), in: .utc)
    }
  }

  /// From 1.
  func days<Code: FixedWidthInteger>(of instants: [Int64]) -> [Code] {
    map(instants) { Code(truncatingIfNeeded: $0 / Self.dayLength + 1) }
  }

  /// 1 is Monday, 7 Sunday.
  func weekdays(of instants: [Int64]) -> [UInt8] {
    // 1970-01-01 was a Thursday.
    let first = ((firstDay + 3) % 7 + 7) % 7
    return map(instants) { UInt8(truncatingIfNeeded: ($0 / Self.dayLength + first) % 7 + 1) }
  }

  /// 1 is the hour from midnight on, 24 the last.
  func hours(of instants: [Int64]) -> [UInt8] {
    map(instants) { UInt8(truncatingIfNeeded: $0 % Self.dayLength / Self.hourLength + 1) }
  }

  /// `make` of what clocks show: microseconds since midnight of the first day, never negative.
  @inline(__always)
  private func map<Code>(_ instants: [Int64], _ make: (Int64) -> Code) -> [Code] {
    let base = firstDay * Self.dayLength
    if offsets.count == 1 {
      let shift = offsets[0] - base
      return instants.map { make($0 &+ shift) }
    }
    var place = 0
    return instants.map { instant in
      while place > 0, instant < starts[place] { place -= 1 }
      while place + 1 < starts.count, instant >= starts[place + 1] { place += 1 }
      return make(instant &+ offsets[place] &- base)
    }
  }
}
