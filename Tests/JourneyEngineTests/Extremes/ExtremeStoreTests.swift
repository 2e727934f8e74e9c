import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

/// Stores at the ends of what may come, on which every question is held against its definition.
enum ExtremeStore: String, CaseIterable, CustomTestStringConvertible, Sendable {
  case noEvents
  case oneEvent
  case oneLongJourney = "one customer with 100,000 events, two with a few"
  case manyNames = "70,000 names of events"
  case manyTies = "all events at one instant"

  var testDescription: String { rawValue }

  var rows: [EventRow] {
    var random = SeededRandom(seed: 7)
    switch self {
    case .noEvents: return []
    case .oneEvent: return journey("A0(x)")
    case .oneLongJourney:
      return (0..<100_000).map { number in
        Self.row("u1", minute: number, random.pick(["A", "B", "B", "C", "R"]), using: &random)
      } + journey("A3 B5 C9", of: "u0") + journey("B2", of: "u2")
    case .manyNames:
      // Codes beyond 16 bits, each once, and A between them in every journey.
      return (0..<71_500).map { number in
        Self.row("u\(number % 300)", minute: number, number % 49 == 0 ? "A" : "n\(number)", using: &random)
      }
    case .manyTies:
      return (0..<2_000).map { number in
        Self.row("u\(number % 7)", minute: 0, random.pick(["A", "B", "C"]), using: &random)
      }
    }
  }

  private static func row(_ customer: String, minute place: Int, _ name: String, using random: inout SeededRandom)
    -> EventRow
  {
    var properties: [(name: String, value: PropertyValue)] = []
    if !random.one(in: 4) { properties.append(("item", .text(random.pick(["x", "y", "Å"])))) }
    if random.one(in: 3) { properties.append(("amount", .number(random.pick([1, 2, 2.5])))) }
    return EventRow(customer: customer, instant: minute(Int64(place)), name: name, properties: properties)
  }
}

@Suite struct ExtremeStoreTests {
  private let byItem = Breakdown(keys: [.property("item")], names: ["item"], top: 2)

  /// In one bucket on two threads, and in more buckets than there are customers for on one.
  private func forEachEngine(_ rows: [EventRow], _ body: (EmbeddedEngine, Comment) throws -> Void) throws {
    for (buckets, threads) in [(1, 2), (64, 1)] {
      let engine = EmbeddedEngine(EventStore(rows: rows, buckets: buckets), threads: threads)
      try body(engine, "\(buckets) buckets, \(threads) threads")
    }
  }

  @Test(arguments: ExtremeStore.allCases) func `every question is answered by its definition`(store: ExtremeStore)
    throws
  {
    let rows = store.rows
    let count = CountQuery(split: Split(breakdown: byItem))
    let counted = DefinedCount(rows: rows, query: count).report
    let flowed = DefinedFlow(rows: rows, query: FlowQuery()).report
    let loops = LoopsQuery(rule: .toStep(step("A")), breakdown: byItem)
    let looped = DefinedLoops(rows: rows, query: loops).report
    let paths = PathsQuery(anchor: .init(.from, step("B")), depth: 4, breakdown: byItem)
    let taken = DefinedPaths(rows: rows, query: paths).report
    let retention = RetentionQuery(start: step("A"), returning: step("*"), unit: .month)
    let retained = DefinedRetention(rows: rows, query: retention).report
    let sessions = SessionsQuery(gap: .minutes(1), split: Split(breakdown: byItem))
    let cut = DefinedSessions(rows: rows, query: sessions, session: nil).report
    let value = ValueQuery(property: "amount", split: Split(breakdown: byItem))
    let worth = DefinedValue(rows: rows, query: value).report
    try forEachEngine(rows) { engine, place in
      #expect(try engine.count(count, Run()) == counted, place)
      #expect(try engine.flow(FlowQuery(), Run()) == flowed, place)
      #expect(try engine.loops(loops, Run()) == looped, place)
      #expect(try engine.paths(paths, Run()) == taken, place)
      #expect(try engine.retention(retention, Run()) == retained, place)
      #expect(try engine.sessions(sessions, Run()) == cut, place)
      #expect(try engine.value(value, Run()) == worth, place)
      let described = try engine.describe(event: nil, Run())
      #expect(described.events == rows.count, place)
      #expect(described.eventNames.count == Set(rows.map(\.name)).count, place)
    }
  }

  /// A search over all chains would not end here; where steps differ and no two events of a customer share an instant, the
  /// latest start per step is the whole state.
  @Test(arguments: [ExtremeStore.noEvents, .oneEvent, .oneLongJourney, .manyNames])
  func `funnels are those of the latest start per step`(store: ExtremeStore) throws {
    let rows = store.rows
    let journeys = journeys(of: rows)
    let asked = [("A B C", 3), ("A B C", 100), ("A n2407 n2707", 100_000), ("C R", 1)].map { text, window in
      let names = text.split(separator: " ").map(String.init)
      var query = funnel(names.joined(separator: " -> "))
      query.window = .minutes(Int64(window))
      let depths = journeys.map { Self.depth($0.events, names, minute(Int64(window))) }
      return (query: query, reached: names.indices.map { step in depths.count { $0 > step } })
    }
    try forEachEngine(rows) { engine, place in
      for (query, reached) in asked {
        let counts = try engine.funnel(query, Run()).total.figures.rows.map(\.count)
        #expect(counts == reached, place)
        let complete = try engine.time(TimeQuery(query), Run()).cut.total.figures.count
        #expect(complete == reached.last, place)
      }
    }
  }

  /// Nothing traps, no time is negative, and what is counted does not depend on how far apart events lie.
  @Test(arguments: ["UTC", "+18:00", "Europe/Oslo"]) func `instants may lie at both ends of time`(zone: String) throws {
    let zone = try #require(Zone(zone))
    let instants: [Int64] = [.min, .min + 1, -62_135_596_800_000_001, -1, 0, 253_402_300_800_000_000, .max - 1, .max]
    let rows = (0..<4_000).map { number in
      EventRow(
        customer: "u\(number / 16)", instant: instants[number % 16 / 2], name: number % 2 == 0 ? "A" : "B",
        properties: [("item", .text("x")), ("amount", .number(1)), ("seen", .time(instants[number % 8]))])
    }
    let bySeen = Breakdown(keys: [.property("seen")], names: ["seen"], top: 3)
    let whole = Instant.distantPast..<Instant.distantFuture
    let scope = Scope(zone: zone)
    try forEachEngine(rows) { engine, place in
      let all = try engine.count(CountQuery(scope: scope, split: Split(breakdown: bySeen)), Run())
      let most = try engine.count(CountQuery(scope: Scope(during: whole, zone: zone)), Run())
      #expect(all.total.figures.events == rows.count && most.total.figures.events == rows.count - 500, place)
      for unit in CalendarUnit.allCases {
        #expect(throws: ExecutionError.self) {
          try engine.count(CountQuery(scope: scope, split: Split(per: unit)), Run())
        }
        #expect(throws: ExecutionError.self) {
          try engine.retention(RetentionQuery(start: step("A"), returning: step("B"), unit: unit, scope: scope), Run())
        }
      }
      let flow = try engine.flow(FlowQuery(scope: scope), Run())
      #expect(flow.times == rows.count - 250 && flow.transitions.allSatisfy { $0.median.microseconds >= 0 }, place)
      let sessions = try engine.sessions(SessionsQuery(gap: Duration(microseconds: .max), scope: scope), Run())
      #expect(sessions.total.figures.customers == 250, place)
      for window in [nil, Duration(microseconds: 0), Duration(microseconds: .max)] {
        var query = funnel("A -> B -> A")
        (query.window, query.scope.zone) = (window, zone)
        let report = try engine.funnel(query, Run())
        #expect(report.total.figures.rows.allSatisfy { $0.count == 250 || window?.microseconds == 0 }, place)
        let time = try engine.time(TimeQuery(query), Run())
        #expect((time.cut.total.figures.spread?.min.microseconds ?? 0) >= 0, place)
        query.order = .any
        _ = try engine.funnel(query, Run())
        _ = try engine.dropoff(DropoffQuery(funnel: funnel("A -> B -> A"), top: 5), Run())
      }
      _ = try engine.paths(PathsQuery(scope: scope), Run())
      _ = try engine.loops(LoopsQuery(rule: .toStep(step("A")), scope: scope), Run())
      _ = try engine.value(ValueQuery(property: "amount", scope: scope), Run())
      _ = try engine.describe(event: nil, Run())
      _ = try engine.journey(of: "u1", Run())
      _ = try engine.trace(of: "u1", in: funnel("A -> B"), Run())
    }
  }

  private static func depth(_ events: [EventRow], _ names: [String], _ window: Int64) -> Int {
    var latest: [Int64?] = names.map { _ in nil }
    for event in events {
      guard let step = names.firstIndex(of: event.name) else { continue }
      let start = step == 0 ? event.instant : latest[step - 1]
      if let start, event.instant - start <= window { latest[step] = start }
    }
    return latest.firstIndex { $0 == nil } ?? names.count
  }
}
