import JourneyTime
import Rendering
import SourceText
import Testing

@testable import Statements

/// What is said of a win, held against the same question asked of one week after the other.
@Suite struct LiftTests {
  private let shop: Session

  init() throws {
    shop = try Session(opening: nil, directory: "/") { Instant(microseconds: 0) }
    _ = try shop.execute("load sample shop")
  }

  @Test(arguments: [
    ("funnel checkout_started -> purchase within 1d", "conversion", ""),
    ("funnel checkout_started -> purchase within 9d where device = phone", "conversion", "for country = NO"),
    ("value counting events", "mean", ""), ("value for did wishlist_added", "mean", "where device = desktop"),
    ("sessions", "bounce rate", ""), ("nps", "score", ""),
  ])
  func `each week has the figure of its question asked of that week alone`(
    question: String, figure: String, clauses: String
  ) throws {
    _ = try shop.execute("set win \"Guest checkout\" as \(question)")
    let answer = try answer("lift of win \"Guest checkout\" \(clauses)")
    let weeks = answer.tables[1]
    #expect(weeks.rows.count > 20)
    for row in weeks.rows.enumerated().filter({ $0.offset % 5 == 0 }).map(\.element) {
      let asked = try self.answer(question, clauses, "during \(row[0].text())")
      let expected = try #require(asked.figures.first { $0.name == figure } ?? asked.figures.first)
      #expect(expected.value.amountOrNil.map { abs($0 - (row[2].amountOrNil ?? .nan)) < 1e-9 } == true, "\(row)")
    }
    let means = ["before", "after"].map { side in
      weeks.rows.filter { $0[1] == .text(side) }.compactMap { $0[2].amountOrNil }
    }
    #expect(means[0].count == means[1].count && (4...8).contains(means[0].count))
    let expected = means.map { $0.reduce(0, +) / Double($0.count) }
    let row = answer.tables[0].rows[0]
    #expect(abs((row[1].amountOrNil ?? .nan) - expected[0]) < 1e-9)
    #expect(abs((row[2].amountOrNil ?? .nan) - expected[1]) < 1e-9)
    #expect(abs((row[3].amountOrNil ?? .nan) - (expected[1] - expected[0])) < 1e-9)
  }

  @Test func `two groups are those of a funnel asked for each`() throws {
    let answer = try answer("lift of win \"Guest checkout\" between device = phone and did wishlist_added")
    for row in answer.tables[1].rows.enumerated().filter({ $0.offset % 8 == 0 }).map(\.element) {
      let sides = try ["device = phone and not did wishlist_added", "did wishlist_added and not device = phone"].map {
        try self.answer(
          "funnel checkout_started -> purchase within 1d for \($0) during \(row[0].text())"
        ).figures[0].value.amountOrNil ?? .nan
      }
      #expect(abs(sides[0] - (row[2].amountOrNil ?? 9)) < 1e-12 && abs(sides[1] - (row[4].amountOrNil ?? 9)) < 1e-12)
      #expect(abs(sides[0] - sides[1] - (row[6].amountOrNil ?? 9)) < 1e-12)
    }
  }

  private func answer(_ words: String...) throws -> Answer {
    guard case .answer(let answer) = try shop.execute(words.joined(separator: " ")) else {
      Issue.record("\(words) is no question")
      return Answer()
    }
    return answer
  }
}

extension Cell {
  fileprivate var amountOrNil: Double? {
    switch self {
    case .share, .rate: share
    case .number(let value): value
    case .integer(let value): Double(value)
    case .estimate(let estimate): estimate.value
    default: nil
    }
  }
}
