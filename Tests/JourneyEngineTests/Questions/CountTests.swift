import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import Testing

/// A count by its definition: every event looked at by itself.
struct DefinedCount {
  let rows: [EventRow]
  let query: CountQuery

  var report: CountReport {
    let instants = rows.map(\.instant)
    let events = events(during: query.during)
    var report = CountReport(total: row([], false, nil, events.map(\.item)))
    if let first = instants.min(), let last = instants.max() {
      report.span = Instant(microseconds: first)...Instant(microseconds: last)
    }
    report.versus = query.versus.map { row([], false, nil, self.events(during: $0).map(\.item)) }
    let table = DefinedTable(
      items: events, breakdown: query.breakdown, unit: query.per, zone: query.zone, during: query.during)
    report.rows = table.rows(size: \.count, row)
    return report
  }

  private func row(_ key: [String?], _ isOther: Bool, _ period: String?, _ events: [EventRow]) -> CountReport.Row {
    CountReport.Row(
      key: key, isOther: isOther, period: period, events: events.count, customers: Set(events.map(\.customer)).count)
  }

  /// With the journeys they are of.
  private func events(during: Range<Instant>?) -> [(item: EventRow, event: EventRow, journey: [EventRow])] {
    journeys(of: rows).filter { journey in query.people.map { truth(of: $0, on: journey.events) == true } ?? true }
      .flatMap { journey in journey.events.map { ($0, $0, journey.events) } }.filter { row, _, _ in
        (query.step.map { matches($0, row) } ?? true)
          && (query.filter.map { truth(of: $0, on: row) == true } ?? true)
          && (during?.contains(Instant(microseconds: row.instant)) ?? true)
      }
  }
}

@Suite struct CountTests {
  @Test(arguments: 0..<4) func `the rows are those of looking at every event`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    for number in 0..<400 {
      let journeys = RandomJourneys([.orderColumn], using: &random)
      let query = CountQuery.random(using: &random)
      let expected = DefinedCount(rows: journeys.rows, query: query).report
      for (buckets, threads) in [(1, 1), (4, 2)] {
        let engine = EmbeddedEngine(EventStore(rows: journeys.rows, buckets: buckets), threads: threads)
        try #require(try engine.count(query, Run()) == expected, "store \(number): \(journeys.rows) \(query)")
      }
    }
  }

  @Test func `a customer in several small groups is one customer of the rest`() throws {
    let rows = journey("A0(x) A1(x) A2(y) A3(z)") + journey("A0(x)", of: "u2")
    let breakdown = Breakdown(keys: [.property("item")], names: ["item"], top: 1)
    let report = try EmbeddedEngine(rows).count(CountQuery(breakdown: breakdown), Run())
    #expect(report.rows.map(\.key) == [["x"], [nil]])
    #expect(report.rows.map(\.events) == [3, 2])
    #expect(report.rows.map(\.customers) == [2, 1])
  }

  @Test func `units too many to tell apart are refused`() {
    let rows = [
      EventRow(customer: "u", instant: 0, name: "A"), EventRow(customer: "u", instant: minute(600_000_000), name: "A"),
    ]
    #expect(throws: ExecutionError.limit("at most 1000000 units of 'per'")) {
      try EmbeddedEngine(rows).count(CountQuery(per: .hour), Run())
    }
  }
}

extension CountQuery {
  static func random(using random: inout SeededGenerator) -> CountQuery {
    var query = CountQuery()
    if random.one(in: 2) { query.step = .random(using: &random) }
    if random.one(in: 3) { query.filter = .random(depth: 1, using: &random) }
    if random.one(in: 3) { query.people = .random(depth: 1, using: &random) }
    if random.one(in: 2) { query.breakdown = .random(steps: 1, using: &random) }
    if random.one(in: 3) { query.during = .random(using: &random) }
    if random.one(in: 3) { query.versus = .random(using: &random) }
    if random.one(in: 3) { query.per = random.pick([.hour, .day, .month]) }
    return query
  }
}
