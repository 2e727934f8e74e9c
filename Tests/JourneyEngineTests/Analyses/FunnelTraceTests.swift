import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

/// What is said of one event of a journey.
struct TraceCase: CustomTestStringConvertible, Sendable {
  let journey: String
  let query: FunnelQuery
  /// Index of the event in canonical order.
  let event: Int
  let verdict: FunnelTrace.Verdict

  init(
    _ journey: String, _ path: String, _ event: Int, _ verdict: FunnelTrace.Verdict,
    _ change: (inout FunnelQuery) -> Void = { _ in }
  ) {
    (self.journey, self.event, self.verdict) = (journey, event, verdict)
    var query = funnel(path)
    query.window = .minutes(60)
    change(&query)
    self.query = query
  }

  var testDescription: String { "\(journey), event \(event + 1)" }

  static let all = [
    TraceCase("A0 X1 B2", "A -> B", 0, .taken(0)),
    TraceCase("A0 X1 B2", "A -> B", 1, .noStep),
    TraceCase("A0(x) B2(y)", "A -> B", 1, .filtered) {
      $0.scope.filter = .test(PropertyTest("item", .compare(.equal, .text("x"))))
    },
    TraceCase("A0 B61", "A -> B", 1, .passedOver([1], .outsideWindow(.minutes(60)))),
    TraceCase("A0 B2 B3", "A -> B", 2, .passedOver([1], .earlierServes(step: 1))),
    TraceCase("A0 A1 B3", "A -> B", 0, .passedOver([0], .laterStartServes)),
    TraceCase("A0 B3 A5", "A -> B", 2, .passedOver([0], .afterCompletion)),
    TraceCase(
      "A0 B3 A5 B6", "A -> B", 2, .passedOver([0], .afterCompletion)),
    TraceCase(
      "A0 Q1 A2 C3", "A -> Q? -> C", 2,
      .passedOver([0], .takesFewerOptionals)),
    TraceCase("A0 A1 B2", "A -> B -> C", 0, .passedOver([0], .laterStartServes)),
    TraceCase("A0 B1 A2 B3", "A -> B -> C", 2, .passedOver([0], .arrivesLater)),
    TraceCase("A0 B1 A2", "A -> B -> C", 2, .passedOver([0], .reachesOnly(1, of: 3))),
    TraceCase("B0 A1", "A -> B", 0, .passedOver([1], .beforeStart)),
    TraceCase("A0 C1 B2", "A -> B -> C", 1, .passedOver([2], .before(step: 1))),
    TraceCase("A0 C1", "A -> B -> C", 1, .passedOver([2], .aheadOf(step: 1))),
    TraceCase("B0", "A -> B", 0, .passedOver([1], .aheadOfStart)),
    TraceCase("A0 B3", "A ->[2] B", 1, .passedOver([1], .tooLate(.minutes(2), step: 0))),
    TraceCase(
      "A0 B1 B9 C10", "A -> B ->[2] C", 1, .passedOver([1], .tooEarly(step: 2, .tooLate(.minutes(2), step: 1)))),
    TraceCase("A0 X1 B3", "A => B", 2, .passedOver([1], .notNext(step: 0))),
    TraceCase(
      "A0 B0", "A -> B", 1,
      .passedOver([1], .atSameInstant(step: 0))
    ) { $0.order = .strict },
    TraceCase("A0(x) B1(y)", "A -> B", 1, .passedOver([1], .ofAnotherValue(property: "item"))) { $0.holding = "item" },
    TraceCase("A0(x) B1", "A -> B", 1, .passedOver([1], .withoutValue(property: "item"))) { $0.holding = "item" },
    TraceCase("A0 R1 B2", "A -> B", 2, .passedOver([1], .forbidden(by: "R"))) {
      $0.without = [step("R")]
    },
    TraceCase("A0 R1 B2", "A -> B", 1, .excluded(forbids: true)) { $0.without = [step("R")] },
    TraceCase("A0 B2 R3", "A -> B", 2, .excluded(forbids: false)) { $0.without = [step("R")] },
    TraceCase(
      "A0 A5 B7", "A -> B", 1, .passedOver([0], .laterThanFirst)
    ) { $0.entry = .first },
    TraceCase("A0 A9 B10", "A -> B", 0, .passedOver([0], .outsideDates)) {
      $0.scope.during = Instant(microseconds: minute(5))..<Instant(microseconds: minute(20))
    },
    TraceCase("A0 B1 A2 B3", "A -> B", 2, .passedOver([0], .takenByAnotherEntry)) {
      $0.counting = .entries
    },
    TraceCase("A0 B1 A50", "A -> B", 2, .passedOver([0], .inAnotherSession)) { $0.counting = .sessions },
    TraceCase("A0 C1 B2 B3", "A -> B -> C", 3, .passedOver([1], .earlierServes(step: 1))) {
      $0.order = .any
    },
    TraceCase("A0 C1 B70", "A -> B -> C", 2, .passedOver([1], .outsideWindow(.minutes(60)))) { $0.order = .any },
  ]
}

@Suite struct FunnelTraceTests {
  @Test(arguments: TraceCase.all) func `each event is told by the rule it meets`(example: TraceCase) throws {
    let trace = try EmbeddedEngine(journey(example.journey)).trace(of: "u1", in: example.query, Run())
    #expect(trace?.lines[example.event].verdict == example.verdict)
  }

  @Test(
    arguments: [
      ("A0 B2 C5", .complete(steps: 3, time: .minutes(5))), ("A0 B2", .missing(step: 2, of: 3, .within(.minutes(60)))),
      ("A0 B2 C61", .missing(step: 2, of: 3, .passedOver(.outsideWindow(.minutes(60))))),
      ("X0 B2", .missing(step: 0, of: 3, .nowhere)), ("C0 A1 B2", .missing(step: 2, of: 3, .passedOver(.beforeStart))),
    ] as [(String, FunnelTrace.Outcome)])
  func `the outcome says what is missing and why`(path: String, outcome: FunnelTrace.Outcome) throws {
    var query = funnel("A -> B -> C")
    query.window = .minutes(60)
    #expect(try EmbeddedEngine(journey(path)).trace(of: "u1", in: query, Run())?.outcome == outcome)
  }

  @Test func `people left out are listed but not traced, unknown ones are nobody`() throws {
    var query = funnel("A -> B")
    query.scope.people = .did(Did(step("X")))
    let engine = EmbeddedEngine(journey("A0 B1"))
    let trace = try #require(try engine.trace(of: "u1", in: query, Run()))
    #expect(!trace.isAsked && trace.depth == 0 && trace.lines.map(\.event.name) == ["A", "B"])
    #expect(try engine.trace(of: "u2", in: query, Run()) == nil)
  }

  /// Whatever the clauses, the events taken are the chain that the definition reports.
  @Test(arguments: 0..<3) func `the traced chain is the reported one`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for number in 0..<300 {
      let clauses: Set<FunnelClause> = [.window, .limit, .without, .holding, .optional, .filter, .during, .people]
      let journeys = RandomJourneys(clauses, using: &random)
      let query = FunnelQuery.random(clauses, using: &random)
      let engine = EmbeddedEngine(EventStore(rows: journeys.rows, buckets: 2), threads: 1)
      for unit in DefinedFunnel(rows: journeys.rows, query: query).units(during: query.scope.during) {
        let trace = try #require(try engine.trace(of: unit.customer, in: query, Run()))
        let taken = trace.lines.compactMap { line -> (step: Int, event: Journey.Event)? in
          guard case .taken(let step) = line.verdict else { return nil }
          return (step, line.event)
        }.sorted { $0.step < $1.step }
        let expected = unit.chain.events.map { unit.journey[$0] }
        let place = Comment("store \(number): \(journeys.rows) \(query)")
        try #require(taken.map(\.step) == unit.chain.steps, place)
        try #require(taken.map(\.event.name) == expected.map(\.name), place)
        try #require(taken.map(\.event.instant.microseconds) == expected.map(\.instant), place)
        try #require(trace.depth == unit.depth && trace.isUnfinished == unit.isUnfinished, place)
      }
    }
  }
}
