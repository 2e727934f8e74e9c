import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import Testing

/// Sessions by their definition: each journey cut by itself, then what the clauses leave of each session.
struct DefinedSessions {
  private typealias Session = (events: [EventRow], whole: [EventRow])
  let rows: [EventRow]
  let query: SessionsQuery
  /// The property that names sessions.
  let session: String?

  var report: SessionsReport {
    let instants = rows.map(\.instant)
    let sessions = sessions(during: query.during)
    var report = SessionsReport(total: row([], false, nil, sessions))
    if let first = instants.min(), let last = instants.max() {
      report.span = Instant(microseconds: first)...Instant(microseconds: last)
    }
    report.versus = query.versus.map { row([], false, nil, self.sessions(during: $0)) }
    let items = sessions.compactMap { session in
      session.events.first.map { (item: session, event: $0, journey: session.whole) }
    }
    let table = DefinedTable(
      items: items, breakdown: query.breakdown, unit: query.per, zone: query.zone, during: query.during)
    report.rows = table.rows(size: \.count, row)
    return report
  }

  private func sessions(during: Range<Instant>?) -> [Session] {
    journeys(of: rows).filter { journey in query.people.map { truth(of: $0, on: journey.events) == true } ?? true }
      .flatMap { journey in cut(journey.events).map { ($0, journey.events) } }
      .compactMap { events, whole in
        let kept = events.filter { row in
          (query.filter.map { truth(of: $0, on: row) == true } ?? true)
            && (during?.contains(Instant(microseconds: row.instant)) ?? true)
        }
        return kept.isEmpty ? nil : (kept, whole)
      }
  }

  /// One session per value, and the events without one cut at the gaps between them.
  private func cut(_ journey: [EventRow]) -> [[EventRow]] {
    let value = { (row: EventRow) in session.flatMap { row.value(of: $0) } }
    var named: [PropertyValue: [EventRow]] = [:]
    var loose: [[EventRow]] = []
    for row in journey {
      if let value = value(row) {
        named[value, default: []].append(row)
      } else if let last = loose.last?.last, row.instant - last.instant <= query.gap.microseconds {
        loose[loose.count - 1].append(row)
      } else {
        loose.append([row])
      }
    }
    return Array(named.values) + loose
  }

  private func row(_ key: [String?], _ isOther: Bool, _ period: String?, _ sessions: [Session]) -> SessionsReport.Row {
    let lengths = sessions.map { ($0.events.last?.instant ?? 0) - ($0.events.first?.instant ?? 0) }.sorted()
    var row = SessionsReport.Row(
      key: key, isOther: isOther, period: period, sessions: sessions.count,
      customers: Set(sessions.compactMap(\.events.first?.customer)).count,
      events: sessions.reduce(0) { $0 + $1.events.count }, bounces: sessions.count { $0.events.count == 1 })
    if !lengths.isEmpty {
      row.medianLength = Duration(
        microseconds: (lengths[(lengths.count - 1) / 2] + lengths[lengths.count / 2]) / 2)
      row.meanLength = Duration(microseconds: lengths.reduce(0, +) / Int64(lengths.count))
    }
    return row
  }
}

@Suite struct SessionsTests {
  @Test(arguments: 0..<5) func `the rows are those of cutting every journey by itself`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    for number in 0..<400 {
      let journeys = RandomJourneys([.orderColumn, .sessions], using: &random)
      let session = journeys.hasSessions ? "visit" : nil
      let query = SessionsQuery.random(using: &random)
      let expected = DefinedSessions(rows: journeys.rows, query: query, session: session).report
      for (buckets, threads) in [(1, 1), (4, 2)] {
        let store = EventStore(rows: journeys.rows, buckets: buckets, session: session)
        let report = try EmbeddedEngine(store, threads: threads).sessions(query, Run())
        try #require(report == expected, "store \(number): \(journeys.rows) \(query)")
      }
    }
  }

  private func total(_ text: String, _ query: SessionsQuery = SessionsQuery()) throws -> SessionsReport.Row {
    try EmbeddedEngine(journey(text)).sessions(query, Run()).total
  }

  @Test func `a pause of the gap keeps a session whole, a longer one ends it`() throws {
    #expect(try total("A0 B30 C61").sessions == 2)
    #expect(try total("A0 B30 C60").sessions == 1)
    #expect(try total("A0 B30 C61", SessionsQuery(gap: .minutes(29))).bounces == 3)
  }

  @Test func `sessions are cut before events are dropped`() throws {
    let query = SessionsQuery(filter: .test(PropertyTest("item", .compare(.equal, .text("x")))))
    let total = try total("A0(x) B20(y) A40(x) A99(y)", query)
    #expect(total.sessions == 1 && total.events == 2 && total.bounces == 0)
    #expect(total.medianLength == .minutes(40))
  }

  @Test func `without events there are no sessions and no lengths`() throws {
    #expect(try EmbeddedEngine([]).sessions(SessionsQuery(), Run()).total == SessionsReport.Row())
  }
}

extension SessionsQuery {
  static func random(using random: inout SeededGenerator) -> SessionsQuery {
    var query = SessionsQuery(gap: .minutes(random.pick([0, 1, 2, 5])))
    if random.one(in: 3) { query.filter = .random(depth: 1, using: &random) }
    if random.one(in: 3) { query.people = .random(depth: 1, using: &random) }
    if random.one(in: 2) { query.breakdown = .random(steps: 1, using: &random) }
    if random.one(in: 3) { query.during = .random(using: &random) }
    if random.one(in: 3) { query.versus = .random(using: &random) }
    if random.one(in: 3) { query.per = random.pick([.hour, .day, .month]) }
    return query
  }
}
