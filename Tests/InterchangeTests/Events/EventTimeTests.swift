import JourneyTime
import SourceText
import Testing

@testable import Interchange

@Suite struct EventTimeTests {
  /// The instants of a file with these cells in its time column, or why there are none.
  private func read(_ cells: [String], zone: String = "UTC") throws -> [String] {
    let text = "user|ts|event\n" + cells.map { "u|\($0)|e\n" }.joined()
    let options = LoadOptions(zone: try #require(Zone(zone)), maxBadShare: 0)
    let bytes = Array(text.utf8)
    return try withFile(bytes) { path -> [String] in
      do throws(Diagnostic) {
        let bucket = try EventFile(path: path).load(options).store.buckets[0]
        return bucket.instants.map { Instant(microseconds: $0).iso }
      } catch {
        return [error.line]
      }
    }
  }

  @Test(arguments: [
    ("2024-01-04", "2024-01-04T00:00:00Z"),
    ("2024-01-04T10:20", "2024-01-04T10:20:00Z"),
    ("2024-01-04 10:20:30", "2024-01-04T10:20:30Z"),
    ("2024-01-04T10:20:30.123456789Z", "2024-01-04T10:20:30.123456Z"),
    ("2024-01-04 10:20:30,5", "2024-01-04T10:20:30.5Z"),
    ("2024-01-04T10:20:30+02:00", "2024-01-04T08:20:30Z"),
    ("2024-01-04T10:20:30-0330", "2024-01-04T13:50:30Z"),
    ("2024-01-04 10:20:30 UTC", "2024-01-04T10:20:30Z"),
    ("2024-01-04 10:20:30+00", "2024-01-04T10:20:30Z"),
    ("2024/01/04 10:20", "2024-01-04T10:20:00Z"),
    ("2024/1/4 9:05", "2024-01-04T09:05:00Z"),
    ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
    ("20240104", "2024-01-04T00:00:00Z"),
    ("20240104102030", "2024-01-04T10:20:30Z"),
    ("20240104T1020+0100", "2024-01-04T09:20:00Z"),
    ("1704363630", "2024-01-04T10:20:30Z"),
    ("1704363630.25", "2024-01-04T10:20:30.25Z"),
    ("1704363630123", "2024-01-04T10:20:30.123Z"),
    ("1704363630123456", "2024-01-04T10:20:30.123456Z"),
    ("-1", "1969-12-31T23:59:59Z"),
    ("31/12/2025 10:00", "2025-12-31T10:00:00Z"),
    ("31.12.2025", "2025-12-31T00:00:00Z"),
    ("12/31/2025, 1:05:09 PM", "2025-12-31T13:05:09Z"),
    ("12/31/2025 12:00 am", "2025-12-31T00:00:00Z"),
    ("4 Jan 2024 10:20", "2024-01-04T10:20:00Z"),
    ("January 4, 2024", "2024-01-04T00:00:00Z"),
    ("04-JAN-2024 10:20:30.5", "2024-01-04T10:20:30.5Z"),
    ("Thu, 04 Jan 2024 10:20:30 +0100", "2024-01-04T09:20:30Z"),
    ("5/5/2025", "2025-05-05T00:00:00Z"),
  ])
  func reads(cell: String, instant: String) throws {
    #expect(try read([cell]) == [instant])
  }

  @Test(arguments: [
    "2024-02-30", "2024-13-01", "2024-01-04T24:00", "2024-01-04T10:60", "2024-01-04 10", "2024-01-04T10:20:30.",
    "24-01-04",
    "2024-01-04T10:20+19:00", "2024-01-04X10:20", "999999999999999999", "12e3", "32/12/2025", "31/12/25", "10:00",
    "soon",
    "4 Foo 2024", "2024-01-04 13:00 PM", "--", "1.", "\u{661}",
  ])
  func refuses(cell: String) throws {
    #expect(try read(["2024-01-04", cell]).first?.contains("'\(cell)' is no time [load.bad-rows]") == true)
  }

  @Test func zones() throws {
    #expect(try read(["2024-07-01 10:00"], zone: "Europe/Oslo") == ["2024-07-01T08:00:00Z"])
    #expect(try read(["2024-01-01 10:00"], zone: "Europe/Oslo") == ["2024-01-01T09:00:00Z"])
    #expect(try read(["2024-07-01 10:00Z"], zone: "Europe/Oslo") == ["2024-07-01T10:00:00Z"])
    #expect(try read(["1704363630"], zone: "Europe/Oslo") == ["2024-01-04T10:20:30Z"])
    #expect(
      try read(["1/7/2024 10:00", "13/7/2024"], zone: "+02:00") == ["2024-07-01T08:00:00Z", "2024-07-12T22:00:00Z"])
  }

  @Test func dayOrMonthFirstByTheWholeColumn() throws {
    let early = Array(repeating: "02/03/2025", count: 3_000)
    #expect(try read(early + ["13/03/2025"]).first == "2025-03-02T00:00:00Z")
    #expect(try read(early + ["03/13/2025"]).first == "2025-02-03T00:00:00Z")
    #expect(
      try read(early) == [
        "events.csv:2: '02/03/2025' may be 2025-03-02 or 2025-02-03, and no row of the file decides [load.time-ambiguous]"
      ])
    #expect(
      try read(["01/13/2025", "13/01/2025"]) == [
        "events.csv:3: '13/01/2025' has the day in front, '01/13/2025' in line 2 the month; one column, one order [load.time-mixed]"
      ])
  }

  @Test func oneUnitPerColumn() throws {
    let seconds = (0..<50).map { String(1_704_363_630 + $0) }
    #expect(
      try read(seconds + ["1704363630000"]) == [
        "events.csv:52: bad rows: 1 of 51, more than 0%; the first: '1704363630000' is no time [load.bad-rows]"
      ])
  }
}
