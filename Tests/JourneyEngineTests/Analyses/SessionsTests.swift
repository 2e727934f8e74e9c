import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

/// Sessions by their definition: each journey cut by itself, then what the clauses leave of each session.
struct DefinedSessions {
  let rows: [EventRow]
  let query: SessionsQuery
  /// The property that names sessions.
  let session: String?

  var report: SessionsReport {
    let people = asked(query.scope, of: rows)
    return DefinedCut(scope: query.scope, split: query.split, rows: rows, people: people.count) { during in
      people.flatMap { journey in
        cut(journey.events).compactMap { events in
          let kept = events.filter { row in
            query.scope.keeps(row) && (during?.contains(Instant(microseconds: row.instant)) ?? true)
          }
          return kept.first.map { first in
            Placed(
              item: kept, key: query.split.breakdown?.key(of: first, in: journey.events) ?? [], instant: first.instant)
          }
        }
      }
    } figures: {
      figures($0)
    }.report(size: \.count)
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

  private func figures(_ sessions: [[EventRow]]) -> SessionsFigures {
    let lengths = sessions.map { ($0.last?.instant ?? 0) - ($0.first?.instant ?? 0) }.sorted()
    var figures = SessionsFigures(
      sessions: sessions.count, customers: Set(sessions.compactMap(\.first?.customer)).count,
      events: sessions.reduce(0) { $0 + $1.count }, bounces: sessions.count { $0.count == 1 })
    if !lengths.isEmpty {
      figures.medianLength = Duration(
        microseconds: (lengths[(lengths.count - 1) / 2] + lengths[lengths.count / 2]) / 2)
      figures.meanLength = Duration(microseconds: lengths.reduce(0, +) / Int64(lengths.count))
    }
    return figures
  }
}

@Suite struct SessionsTests {
  @Test(arguments: 0..<5) func `the rows are those of cutting every journey by itself`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for number in 0..<400 {
      let journeys = RandomJourneys([.orderColumn, .sessions], using: &random)
      let session = journeys.hasSessions ? "visit" : nil
      let query = SessionsQuery.random(using: &random)
      let expected = DefinedSessions(rows: journeys.rows, query: query, session: session).report
      for engine in try engines(journeys.rows, session: session, using: &random) {
        try #require(try engine.sessions(query, Run()) == expected, "store \(number): \(journeys.rows) \(query)")
      }
    }
  }

  private func total(_ text: String, _ query: SessionsQuery = SessionsQuery()) throws -> SessionsFigures {
    try EmbeddedEngine(journey(text)).sessions(query, Run()).total.figures
  }

  @Test func `a pause of the gap keeps a session whole, a longer one ends it`() throws {
    #expect(try total("A0 B30 C61").sessions == 2)
    #expect(try total("A0 B30 C60").sessions == 1)
    #expect(try total("A0 B30 C61", SessionsQuery(gap: .minutes(29))).bounces == 3)
  }

  @Test func `sessions are cut before events are dropped`() throws {
    let query = SessionsQuery(
      scope: Scope(filter: .test(PropertyTest("item", .compare(.equal, .text("x"))))))
    let total = try total("A0(x) B20(y) A40(x) A99(y)", query)
    #expect(total.sessions == 1 && total.events == 2 && total.bounces == 0)
    #expect(total.medianLength == .minutes(40))
  }

  @Test func `without events there are no sessions and no lengths`() throws {
    #expect(try EmbeddedEngine([]).sessions(SessionsQuery(), Run()).total.figures == SessionsFigures())
  }
}

extension SessionsQuery {
  static func random(using random: inout SeededRandom) -> SessionsQuery {
    SessionsQuery(
      gap: .minutes(random.pick([0, 1, 2, 5])), scope: .random(using: &random), split: .random(using: &random))
  }
}
