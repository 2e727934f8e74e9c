import Foundation
import JourneyTime
import Testing

@Suite struct CivilDateTests {
  private static let calendar: Calendar = {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = .gmt
    return calendar
  }()

  /// Every 97th day of 1600 … 2400 against Foundation's ISO calendar.
  @Test func agreesWithFoundation() throws {
    for days in stride(from: -135_140, through: 157_054, by: 97) {
      let date = CivilDate(daysSince1970: days)
      let other = Self.calendar.dateComponents(
        [.year, .month, .day, .weekday, .weekOfYear, .yearForWeekOfYear],
        from: Date(timeIntervalSince1970: Double(days) * 86_400))
      guard days > -141_428 else { continue }  // before 1582-10-15 Foundation may turn Julian
      #expect(date.daysSince1970 == days)
      #expect((other.year, other.month, other.day) == (date.year, date.month, date.day))
      #expect(other.weekday == date.weekday % 7 + 1)
      #expect((other.yearForWeekOfYear, other.weekOfYear) == (date.isoWeek.year, date.isoWeek.week))
    }
  }

  @Test func daysThatDoNotExist() {
    #expect(CivilDate(year: 2025, month: 2, day: 29) == nil)
    #expect(CivilDate(year: 2024, month: 2, day: 29) != nil)
    #expect(CivilDate(year: 1900, month: 2, day: 29) == nil)
    #expect(CivilDate(year: 2000, month: 2, day: 29) != nil)
    #expect(CivilDate(year: 2025, month: 13, day: 1) == nil)
    #expect(CivilDate(year: 2025, month: 4, day: 31) == nil)
    #expect(CivilDate.monday(ofWeek: 53, year: 2025) == nil)
    #expect(CivilDate.monday(ofWeek: 53, year: 2020)?.description == "2020-12-28")
    #expect(CivilDate.monday(ofWeek: 1, year: 2025)?.description == "2024-12-30")
  }
}
