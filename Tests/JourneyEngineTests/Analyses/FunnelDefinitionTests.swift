import EventStore
import JourneyEngine
import JourneyQuery
import TestSupport
import Testing

/// Clauses that are tried together, and the seed of the stores they are tried on.
struct FunnelFamily: CustomTestStringConvertible, Sendable {
  let clauses: Set<FunnelClause>
  let seed: UInt64

  init(_ clauses: Set<FunnelClause>, seed: UInt64) {
    (self.clauses, self.seed) = (clauses, seed)
  }

  var testDescription: String {
    "\(clauses.isEmpty ? "plain" : clauses.map(\.rawValue).sorted().joined(separator: " ")), seed \(seed)"
  }

  /// Nothing, each clause by itself, and what is likely to meddle with each other; then all at once.
  static let all: [FunnelFamily] = {
    let pairs: [Set<FunnelClause>] = [
      [], [.window, .limit], [.window, .next], [.next, .without, .limit], [.strict, .without, .orderColumn],
      [.strict, .limit, .window], [.strict, .next, .without], [.optional, .window], [.optional, .without, .window],
      [.optional, .limit, .next], [.optional, .holding, .without, .entries], [.without, .window, .orderColumn],
      [.without, .limit], [.without, .holding, .window], [.anyOrder, .window, .without],
      [.anyOrder, .without, .orderColumn, .holding], [.anyOrder, .entries, .window], [.entries, .window],
      [.entries, .window, .entryFirst], [.entries, .window, .holding], [.entries, .next, .during],
      [.entries, .without, .optional, .window], [.sessions, .window, .next], [.sessions, .filter, .people],
      [.during, .entryFirst, .window], [.during, .versus, .breakdown], [.per, .during, .filter], [.breakdown, .people],
      [.entryFirst, .holding, .orderColumn], [.filter, .next], [.without, .entryFirst],
      [.without, .entryFirst, .optional], [.entries, .window, .orderColumn, .strict], [.spread, .window],
      [.spread, .window, .without, .strict], [.spread, .window, .entries], [.spread, .window, .entries, .entryFirst],
      [.spread, .window, .sessions, .filter], [.spread, .window, .during, .entryFirst],
      [.spread, .window, .during, .without, .breakdown, .per], [.spread, .window, .limit],
      [.spread, .window, .anyOrder, .without], [.spread, .window, .anyOrder, .entries],
    ]
    let single = FunnelClause.allCases.map { Set([$0]) }
    return (pairs + single + Array(repeating: Set(FunnelClause.allCases), count: 4)).enumerated().map {
      FunnelFamily($1, seed: UInt64($0))
    }
  }()
}

@Suite struct FunnelDefinitionTests {
  static let storesPerFamily = 400

  /// 400 stores for each of 66 families: 26,400.
  @Test(arguments: FunnelFamily.all) func `the report is that of a search over all chains`(family: FunnelFamily) throws
  {
    var random = SeededRandom(seed: family.seed)
    for number in 0..<Self.storesPerFamily {
      let journeys = RandomJourneys(family.clauses, using: &random)
      let query = FunnelQuery.random(family.clauses, using: &random)
      let session = journeys.hasSessions ? "visit" : nil
      let expected = DefinedFunnel(rows: journeys.rows, query: query, session: session)
      let report = expected.report
      let place = Comment("store \(number): \(journeys.rows) \(query)")
      for engine in try engines(journeys.rows, session: session, parted: 25, using: &random) {
        try #require(try engine.funnel(query, Run()) == report, place)
        let part = PeopleQuery.Part.random(steps: query.path.steps.count, using: &random)
        let people = try engine.people(PeopleQuery(funnel: query, part: part), Run()).people
        try #require(people == expected.people(part), place)
        if case .lost(let row) = part, query.counting == .customers, let lost = report.total.figures.rows[row].lost {
          try #require(people.count == lost, place)
        }
      }
    }
  }
}

extension PeopleQuery.Part {
  static func random(steps: Int, using random: inout SeededRandom) -> PeopleQuery.Part {
    let step = Int.random(in: 0..<steps, using: &random)
    return random.pick([.all, .reached(step), .lost(step), .lost(step)])
  }
}
