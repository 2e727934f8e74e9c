import JourneyTime
import Testing

@testable import Rendering

@Suite struct HumanTextTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567"), (Int.max, "9,223,372,036,854,775,807"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ]) func integers(_ value: Int, _ text: String) {
    #expect(HumanText.integer(value) == text)
  }

  @Test(arguments: [
    (0, "0.0 %"), (1, "100.0 %"), (0.1234, "12.3 %"), (0.00042, "0.042 %"), (0.0005, "0.050 %"), (0.001, "0.1 %"),
    (-0.05, "-5.0 %"),
    (12.5, "1,250.0 %"),
    (.nan, "nan"),
  ]) func shares(_ value: Double, _ text: String) {
    #expect(HumanText.share(value) == text)
  }

  @Test func noneAtAllIsNotWrittenLessExactlyThanLittle() throws {
    func texts(_ shares: Double...) throws -> [String] {
      let table = Table(columns: [Table.Column("share")], rows: shares.map { [.share($0)] })
      let column = try ColumnText(table, column: 0, in: RenderingContext())
      return shares.map { column.human(.share($0)) }
    }
    #expect(try texts(0, 0.000_33, 0.5) == ["0 %", "0.033 %", "50.0 %"])
    #expect(try texts(0, 0.5) == ["0.0 %", "50.0 %"])
  }

  @Test(arguments: [
    (0, "0s"), (12, "12µs"), (999, "999µs"), (1_000, "1ms"), (999_499, "999ms"), (999_500, "1s"), (1_250_000, "1.3s"),
    (9_949_999, "9.9s"), (9_950_000, "10s"), (59_499_999, "59s"), (59_500_000, "1m"), (95_000_000, "1m 35s"),
    (3_599_500_000, "1h"), (7_300_000_000, "2h 2m"), (86_399_000_000, "1d"), (187_200_000_000, "2d 4h"),
    (86_400_000_000 * 412, "412d"), (86_400_000_000 * 4_120, "4,120d"), (-95_000_000, "-1m 35s"),
    (.min, "-106,751,991d"),
  ]) func durations(_ microseconds: Int64, _ text: String) {
    #expect(HumanText.duration(Duration(microseconds: microseconds)) == text)
  }

  @Test(arguments: [
    ([12, 30], ["12", "30"]), ([12.345, 1_234.5], ["12.3", "1,234.5"]), ([0.1, 0.25], ["0.10", "0.25"]),
    ([1.5, 0.0004], ["1.5", "0.00040"]), ([-0.001, 5], ["-0.0010", "5"]), ([0, .infinity], ["0", "inf"]),
    ([1e300], ["1e+300"]),
  ]) func numbersOfAColumn(_ values: [Double], _ texts: [String]) {
    let decimals = HumanText.decimals(for: values)
    #expect(values.map { HumanText.number($0, decimals: decimals) } == texts)
  }

  @Test(arguments: [
    (0, "0"), (90_250_000, "90.25"), (12, "0.000012"), (-1_500_000, "-1.5"), (.min, "-9223372036854.775808"),
  ]) func exactSeconds(_ microseconds: Int64, _ text: String) {
    #expect(ExactText.seconds(Duration(microseconds: microseconds)) == text)
  }

  @Test func rangesAreWrittenAsTheLanguageDoes() throws {
    let oslo = try #require(Zone("Europe/Oslo"))
    for text in ["2025", "2025-Q3", "2025-07", "2025-W31", "2025-07-01"] {
      #expect(try #require(CalendarDate(text)).range(in: oslo).label(in: oslo) == text)
    }
    let start = try #require(CalendarDate("2025-07-01")).range(in: oslo).lowerBound
    #expect((start..<start.advanced(by: .days(14))).label(in: oslo) == "2025-07-01 .. 2025-07-14")
    #expect((start..<start.advanced(by: .minutes(90))).label(in: oslo) == "2025-07-01 00:00 .. 2025-07-01 01:30")
  }

  @Test func theEndsOfTimeAreWritten() {
    #expect(ClockReading(.distantFuture, in: .utc).text(.day) == "294247-01-10")
    #expect(ClockReading(.distantPast, in: .utc).text(.minute).hasSuffix("19:59"))
  }
}
