import Testing

@testable import JourneyTime

@Suite struct ClockChangeTests {
  /// Days on which clocks are put forward or back: by an hour, by half of one, by a whole day.
  @Test(arguments: [
    ("Europe/Oslo", "2024-03-31"), ("Europe/Oslo", "2024-10-27"), ("America/New_York", "2024-11-03"),
    ("Australia/Lord_Howe", "2024-04-07"), ("Pacific/Apia", "2011-12-30"), ("Asia/Kolkata", "2024-03-31"),
  ])
  func instantsOfAReading(name: String, day: String) throws {
    let zone = try #require(Zone(name))
    let bytes = Array(day.utf8)
    let midnight = Instant(iso: bytes.span, in: .utc)
    let middle = try #require(midnight).microseconds
    let quarter: Int64 = 900_000_000
    let around = stride(from: middle - 3 * 86_400_000_000, through: middle + 4 * 86_400_000_000, by: Int(quarter))
    var shown: [Int64: Int] = [:]
    for instant in around { shown[instant + zone.offset(at: Instant(microseconds: instant)), default: 0] += 1 }
    for local in stride(from: middle - 86_400_000_000, through: middle + 2 * 86_400_000_000, by: Int(quarter)) {
      #expect(zone.instantCount(local: local) == shown[local, default: 0], "\(local)")
      if shown[local] != 1 { #expect(zone.changes(near: zone.instant(local: local))) }
    }
  }
}
