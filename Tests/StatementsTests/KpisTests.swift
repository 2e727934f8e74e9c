import JourneyTime
import Rendering
import SourceText
import Testing

@testable import Statements

/// What is said of kpis, held against their questions asked one by one.
@Suite struct KpisTests {
  private let shop: Session

  init() throws {
    shop = try Session(opening: nil, directory: "/") { Instant(microseconds: 0) }
    _ = try shop.execute("load sample shop")
    _ = try shop.execute("add kpi Orders target at most 500 as count purchase")
    _ = try shop.execute("add kpi Spring as count purchase during 2025-03")
    _ = try shop.execute("add goal Loved target 20 as nps")
    _ = try shop.execute("add goal Words")
  }

  @Test(arguments: [
    ("kpis", "2025-05", "2025-04"), ("kpis during 2025-Q1", "2025-Q1", "2024-Q4"),
    ("kpis during 2025-W20 for device = phone", "2025-W20", "2025-W19"),
    ("kpis during 2025-03-04 .. 2025-03-10", "2025-03-04 .. 2025-03-10", "2025-02-25 .. 2025-03-03"),
    ("kpis per week", "2025-W25", "2025-W24"),
  ])
  func `each is its question asked of the dates`(statement: String, now: String, before: String) throws {
    let answer = try answer(statement)
    let people = statement.contains("for") ? " for device = phone" : ""
    let questions = [
      ("Checkout rate", "funnel event cart_added -> event purchase within 7d"), ("Orders", "count purchase"),
      ("Second purchase", "funnel event purchase -> event purchase within 60d"), ("Loved", "nps"),
    ]
    for (name, question) in questions {
      let row = try #require(answer.tables[0].rows.first { $0[0] == .text(name) })
      for (place, dates) in [(3, now), (4, before)] {
        let expected = try self.answer("\(question) during \(dates)\(people)").figures[0].value
        #expect(row[place] == expected, "\(name) in \(dates)")
      }
      for unit in answer.tables.dropFirst().flatMap(\.rows) where unit[0] == .text(name) {
        let expected = try self.answer("\(question) during \(unit[1].text())\(people)").figures[0].value
        #expect(unit[2] == expected, "\(name) in \(unit[1])")
      }
      if case .integer(let orders) = row[3], name == "Orders" {
        #expect(row[6] == .text(orders <= 500 ? "met" : "missed"))
      }
    }
    let own = try #require(answer.tables[0].rows.first { $0[0] == .text("Spring") })
    #expect(try own[3] == self.answer("count purchase during 2025-03\(people)").figures[0].value)
    #expect(own[4] == .missing && own[7] == .text("of its own dates"))
    let words = try #require(answer.tables[0].rows.first { $0[0] == .text("Words") })
    #expect(words[7] == .text("not measured: it has no question"))
  }

  /// Of 13 weeks that are over, the highest and the lowest are told.
  @Test func `the highest and the lowest of 13 are told`() throws {
    var told = 0
    for week in 10...25 {
      let answer = try answer("kpis during 2025-W\(week)")
      let orders = answer.tables[1].rows.filter { $0[0] == .text("Orders") }.compactMap { row -> Int? in
        if case .integer(let count) = row[2] { count } else { nil }
      }
      let remark = answer.tables[0].rows.first { $0[0] == .text("Orders") }?[7]
      let last = try #require(orders.last)
      let isHighest = orders.count == 13 && orders.dropLast().allSatisfy { $0 < last }
      let isLowest = orders.count == 13 && orders.dropLast().allSatisfy { $0 > last }
      #expect(remark == (isHighest ? .text("highest of 13 weeks") : isLowest ? .text("lowest of 13 weeks") : .missing))
      if isHighest || isLowest { told += 1 }
    }
    #expect(told > 0)
  }

  private func answer(_ statement: String) throws -> Answer {
    guard case .answer(let answer) = try shop.execute(statement) else {
      Issue.record("\(statement) is no question")
      return Answer()
    }
    return answer
  }
}
