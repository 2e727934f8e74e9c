import JourneyTime
import Testing

/// Arithmetic on instants, dates and durations of any size: held at the ends of time, exact everywhere else.
@Suite struct ExtremeTimeTests {
  private static let numbers: [Int64] =
    [
      .min, .min + 1, -1_000_000_000_000_000_000, -62_135_596_800_000_001, -1, 0, 1, 253_402_300_800_000_000, .max - 1,
      .max,
    ]
  private static let zones = [Zone.utc, Zone("+18:00"), Zone("-18:00"), Zone("Europe/Oslo")].compactMap(\.self)

  @Test func unitsOfTheCalendarEndWithTime() {
    for zone in Self.zones {
      for number in Self.numbers {
        let instant = Instant(microseconds: number)
        for unit in CalendarUnit.allCases {
          let start = unit.start(of: instant, in: zone)
          #expect(start <= instant, "\(unit) of \(number) in \(zone.identifier)")
          _ = unit.label(of: instant, in: zone)
          for count in [Int.min, -1_000_000_000_000, -1, 0, 1, 1_000_000_000_000, Int.max] {
            let moved = unit.start(count, after: start, in: zone)
            #expect(count < 0 ? moved <= start : moved >= start, "\(count) \(unit)s after \(number)")
          }
          let ends = unit.boundaries(from: instant, through: .distantFuture, in: zone, limit: 100)
          #expect(zip(ends, ends.dropFirst()).allSatisfy { $0 < $1 })
          #expect(unit.count(from: .distantPast, through: start, in: zone) >= 1)
        }
        #expect(!instant.iso.isEmpty)
      }
    }
  }

  /// A double holds no microseconds of the years beyond 2255.
  @Test func daysOfFarYearsAreExact() throws {
    for year in [2300, 5000, 9999] {
      let date = try #require(CalendarDate("\(year)-03-09")).range(in: .utc)
      let last = date.upperBound.advanced(by: Duration(microseconds: -1))
      #expect(CalendarUnit.day.start(of: last, in: .utc) == date.lowerBound)
      #expect(CalendarUnit.hour.label(of: CalendarUnit.hour.start(of: last, in: .utc), in: .utc) == "\(year)-03-09T23")
      #expect(last.iso == "\(year)-03-09T23:59:59.999999Z")
    }
  }

  @Test func unitsAreCountedBackToADate() throws {
    let first = try #require(CalendarDate("0001")).range(in: .utc).lowerBound
    let last = try #require(CalendarDate("2025-03-09")).range(in: .utc).lowerBound
    let counts = CalendarUnit.allCases.map { $0.count(from: first, through: $0.start(of: last, in: .utc), in: .utc) }
    #expect(counts == [17_743_633, 739_319, 105_617, 24_291, 8_097, 2_025])
  }

  @Test func daysAreHeldFarOut() {
    for day in [Int.min, -1_000_000_000_001, 1_000_000_000_001, Int.max] {
      let date = CivilDate(daysSince1970: day)
      #expect(date.daysSince1970.magnitude == 1_000_000_000_000)
      #expect((1...7).contains(date.weekday) && (1...53).contains(date.isoWeek.week))
    }
  }

  @Test func durationsAreHeld() {
    for make in [Duration.seconds, Duration.minutes, Duration.hours, Duration.days] {
      #expect(make(.max) == Duration(microseconds: .max) && make(.min) == Duration(microseconds: .min))
      #expect(make(-2).microseconds == -make(2).microseconds)
    }
    for number in Self.numbers { #expect(!Duration(microseconds: number).literal.isEmpty) }
  }

  @Test func literalsAreDurationsUpToTenThousandYears() throws {
    #expect(try Duration(literal: "1w2d3h4m5s6ms") == Duration(microseconds: 788_645_006_000))
    #expect(try Duration(literal: "3652425d") == Duration.longest)
    for text in [
      "3652425d1ms", "521776w", "9223372036854775807ms", "99999999999999999999999d", "3652425d999999999999999999999s",
    ] {
      #expect(throws: Duration.LiteralFault.length) { try Duration(literal: text) }
    }
    for text in ["", "d", "-1d", "１d"] { #expect(throws: Duration.LiteralFault.shape) { try Duration(literal: text) } }
    #expect(throws: Duration.LiteralFault.order) { try Duration(literal: "1h1d") }
    #expect(throws: Duration.LiteralFault.order) { try Duration(literal: "1d1d") }
    #expect(throws: Duration.LiteralFault.unit("y", isAlone: true)) { try Duration(literal: "1y") }
  }
}
