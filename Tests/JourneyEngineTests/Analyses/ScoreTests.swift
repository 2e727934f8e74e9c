import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

/// Scores by their definition: the answers that have one, counted by it.
struct DefinedScore {
  let rows: [EventRow]
  let query: ScoreQuery

  var report: ScoreReport {
    let people = asked(query.scope, of: rows).filter { !$0.customer.isEmpty || query.scope.people == nil }
    return DefinedCut(scope: query.scope, split: query.split, rows: rows, people: people.count) { during in
      people.flatMap { person in
        placed([person], query.scope, query.split.breakdown, during: during) { score($0) != nil }.map { placed in
          var placed = placed
          for (index, key) in (query.split.breakdown?.keys ?? []).enumerated() where person.customer.isEmpty {
            if case .people = key { placed.key[index] = nil }
          }
          return placed
        }
      }
    } figures: { answers in
      ScoreFigures(counts: (0...10).map { score in answers.count { self.score($0) == score } })
    }.report(size: \.count)
  }

  private func score(_ row: EventRow) -> Int? {
    guard case .number(let number)? = row.value(of: query.property), number == number.rounded() else { return nil }
    return query.scale.scores.contains(Int(number)) ? Int(number) : nil
  }
}

@Suite struct ScoreTests {
  private func answers(using random: inout SeededRandom) -> [EventRow] {
    RandomJourneys([.orderColumn], using: &random).rows.map { row in
      var row = row
      if row.customer == "u2" { row.customer = "" }
      if !random.one(in: 6) {
        let score = random.pick([0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, -1, 6.5])
        row.properties.append(("score", .number(score)))
      }
      return row
    }
  }

  @Test(arguments: 0..<6) func definition(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for number in 0..<400 {
      let rows = answers(using: &random)
      let query = ScoreQuery(
        random.pick(ScoreScale.allCases), property: random.one(in: 20) ? random.pick(["item", "nothing"]) : "score",
        scope: .random(using: &random), split: .random(using: &random))
      let expected = DefinedScore(rows: rows, query: query).report
      for engine in try engines(rows, parted: 4, using: &random) {
        try #require(try engine.score(query, Run()) == expected, "store \(number): \(rows) \(query)")
      }
    }
  }

  @Test func `figures follow from how many answers have which score`() {
    var figures = ScoreFigures()
    for score in [10, 9, 9, 8, 7, 6, 0] { figures.counts[score] += 1 }
    #expect([figures.answers, figures.promoters, figures.passives, figures.detractors] == [7, 3, 2, 2])
    #expect(figures.score(on: .nps) == 100.0 / 7)
    #expect(figures.mean == 7)
    #expect(figures.squares == 9 + 4 + 4 + 1 + 0 + 1 + 49)
    let satisfied = ScoreFigures(counts: [0, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0])
    #expect(satisfied.score(on: .csat) == 0.5)
    #expect(ScoreFigures(counts: [0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0]).score(on: .ces) == 5)
    for scale in ScoreScale.allCases { #expect(ScoreFigures().score(on: scale) == nil) }
  }

  @Test(arguments: [
    (ScoreScale.nps, 0, -2.0), (.nps, 5, 0), (.nps, 10, 2), (.csat, 1, -2), (.csat, 4, 1), (.csat, 5, 2), (.ces, 1, -2),
    (.ces, 4, 0), (.ces, 7, 2),
  ])
  func `a score is an emotion between the worst and the best`(scale: ScoreScale, score: Int, emotion: Double) {
    var figures = ScoreFigures()
    figures.counts[score] = 3
    #expect(figures.emotion(on: scale) == emotion)
    #expect(ScoreFigures().emotion(on: scale) == nil)
  }
}
