import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

/// A count by its definition: every event looked at by itself.
struct DefinedCount {
  let rows: [EventRow]
  let query: CountQuery

  var report: CountReport {
    let people = asked(query.scope, of: rows)
    return DefinedCut(scope: query.scope, split: query.split, rows: rows, people: people.count) { during in
      placed(people, query.scope, query.split.breakdown, during: during) { row in
        query.step.map { matches($0, row) } ?? true
      }
    } figures: { events in
      CountFigures(events: events.count, customers: Set(events.map(\.customer)).count)
    }.report(size: \.count)
  }
}

@Suite struct CountTests {
  @Test(arguments: 0..<4) func `the rows are those of looking at every event`(seed: Int) throws {
    try expectDefined(seed: seed, stores: 400, CountQuery.random) {
      DefinedCount(rows: $0, query: $1).report
    } answer: {
      try $0.count($1, Run())
    }
  }

  @Test func `a customer in several small groups is one customer of the rest`() throws {
    let rows = journey("A0(x) A1(x) A2(y) A3(z)") + journey("A0(x)", of: "u2")
    let breakdown = Breakdown(keys: [.property("item")], names: ["item"], top: 1)
    let report = try EmbeddedEngine(rows).count(CountQuery(split: Split(breakdown: breakdown)), Run())
    #expect(report.groups.map(\.key) == [.values(["x"]), .other])
    #expect(report.groups.map(\.figures.events) == [3, 2])
    #expect(report.groups.map(\.figures.customers) == [2, 1])
  }

  @Test func `units too many to tell apart are refused`() {
    let rows = [
      EventRow(customer: "u", instant: 0, name: "A"), EventRow(customer: "u", instant: minute(600_000_000), name: "A"),
    ]
    #expect(throws: ExecutionError.limit(.units(1_000_000))) {
      try EmbeddedEngine(rows).count(CountQuery(split: Split(per: .hour)), Run())
    }
  }
}

extension CountQuery {
  static func random(using random: inout SeededRandom) -> CountQuery {
    CountQuery(
      step: random.one(in: 2) ? .random(using: &random) : nil, scope: .random(using: &random),
      split: .random(using: &random))
  }
}
