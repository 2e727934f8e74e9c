import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import Testing

/// A row of the table of cases: a journey, a question, the depth reached, and where it is told the chain reported.
struct FunnelCase: CustomTestStringConvertible, Sendable {
  let journey: String
  let query: FunnelQuery
  let depth: Int
  let chain: String?

  init(
    _ journey: String, _ path: String, _ depth: Int, chain: String? = nil,
    _ change: (inout FunnelQuery) -> Void = { _ in }
  ) {
    self.journey = journey
    var query = funnel(path)
    change(&query)
    self.query = query
    self.depth = depth
    self.chain = chain
  }

  var testDescription: String { "\(journey): \(query.path.steps.map(\.step.label).joined(separator: " "))" }

  static let table = [
    FunnelCase("A0 A30 B45 C75", "A -> B -> C", 3) { $0.window = .minutes(60) },
    FunnelCase("A0 A30 B45 C75", "A -> B -> C", 2) { ($0.window, $0.entry) = (.minutes(60), .first) },
    FunnelCase("A0 A30 B45 C75", "A -> B -> C", 3) { ($0.window, $0.counting) = (.minutes(60), .entries) },
    FunnelCase("A0 B0", "A -> B", 2),
    FunnelCase("B0 A0", "A -> B", 2),
    FunnelCase("B0 A0", "A -> B", 1) { $0.order = .strict },
    FunnelCase("B0 A0", "A => B", 1),
    FunnelCase("X0", "X -> X", 1),
    FunnelCase("A0 X1 A2 B3 C4", "A => B => C", 3),
    FunnelCase("A0 C10 B20", "A -> B -> C", 2),
    FunnelCase("B0 A10", "A -> B", 1),
    FunnelCase("A0 R5 B10", "A -> B", 1) { $0.without = [step("R")] },
    FunnelCase("A0 R0 B10", "A -> B", 2) { $0.without = [step("R")] },
    FunnelCase("A0 B5 C9", "A -> B -> C", 3) { $0.without = [step("B")] },
    FunnelCase("A0(1) B1(2) A2(2) B3(2)", "A -> B", 2, chain: "A2 B3") { $0.holding = "item" },
    FunnelCase("A0 A10 B12 B50", "A -> B", 2, chain: "A10 B12") { $0.window = .minutes(60) },
    FunnelCase("A0 B1 B9 C10", "A -> B -> C", 3, chain: "A0 B1 C10"),
    FunnelCase("A0 B1 B9 C10", "A -> B ->[2] C", 3, chain: "A0 B9 C10"),
    FunnelCase("C6 A6", "A|C -> B|C", 2) { $0.entry = .first },
    FunnelCase("A0 Q1 A2 C3", "A -> Q? -> C", 2, chain: "A0 Q1 C3"),
  ]

  /// Events of one moment that `without` names: a chain that goes on must have them all.
  static let forbidden = [
    FunnelCase("A0 R5 B5 C9", "A -> B -> C", 2) { $0.without = [step("R")] },
    FunnelCase("A0 A5 B5 C9", "A -> B -> C", 3, chain: "A0 B5 C9") { ($0.without, $0.entry) = ([step("B")], .first) },
    FunnelCase("A0 B5 B5 C9", "A -> B -> B -> C", 4) { $0.without = [step("B")] },
    FunnelCase("A0 B5 B5 C9", "A -> B -> C", 2) { $0.without = [step("B")] },
    FunnelCase("A0 C5 B5 D9", "A -> B -> C -> D", 4) { $0.without = [step("B|C")] },
  ]
}

@Suite struct FunnelCaseTests {
  @Test(arguments: FunnelCase.table + FunnelCase.forbidden) func `the table of cases comes out`(example: FunnelCase)
    throws
  {
    let engine = EmbeddedEngine(journey(example.journey))
    let report = try engine.funnel(example.query, Run())
    let counts = report.total.figures.rows.filter { !$0.isOptional }.map(\.count)
    #expect(counts == counts.indices.map { $0 < example.depth ? 1 : 0 })
    #expect(
      report.total.figures.rows.allSatisfy { ($0.medianFromPrevious ?? Duration(microseconds: 0)).microseconds >= 0 })
    if let chain = example.chain { #expect(try engine.chain(example.query) == chain) }
  }

  @Test func `medians, shares and those with time left are read off the reported chains`() throws {
    let rows =
      journey("A0 B10", of: "u1") + journey("A0 B20 C21", of: "u2") + journey("A0 B31 C41", of: "u3")
      + journey("A50 X60", of: "u4")
    var query = funnel("A -> B -> C")
    query.window = .minutes(60)
    let total = try EmbeddedEngine(rows).funnel(query, Run()).total.figures
    #expect(total.rows.map(\.count) == [4, 3, 2])
    #expect(total.rows.map(\.lost) == [1, 1, 0])
    #expect(total.rows.map(\.medianFromPrevious) == [nil, .minutes(20), Duration(microseconds: minute(11) / 2)])
    #expect(total.medianToComplete == .minutes(31))
    #expect(total.conversion == 0.5)
    // The window of u1 ends with the last event, not past it.
    #expect(total.unfinished == 1)
  }

  @Test func `groups are the largest, the rest, and those without a value`() throws {
    let items = ["x", "y", "y", "b", "é", nil, nil, nil]
    let rows = items.enumerated().flatMap { number, item in
      journey("A0\(item.map { "(\($0))" } ?? "") B1", of: "u\(number)")
    }
    var query = funnel("A -> B")
    query.split.breakdown = Breakdown(keys: [.property("item")], names: ["item"], top: 2)
    let groups = try EmbeddedEngine(rows).funnel(query, Run()).groups
    #expect(groups.map(\.key) == [.values(["y"]), .values(["b"]), .other, .values([nil])])
    #expect(groups.map { $0.figures.rows[0].count } == [2, 1, 2, 3])
  }

  @Test func `periods run over all of the dates, empty ones too`() throws {
    var query = funnel("A -> B")
    query.split.per = .day
    let day: Int64 = 24 * 60
    let engine = EmbeddedEngine(journey("A0 B1") + journey("A\(2 * day)", of: "u2"))
    #expect(try engine.funnel(query, Run()).periods.map(\.label) == ["1970-01-01", "1970-01-02", "1970-01-03"])
    #expect(try engine.funnel(query, Run()).total.periods.map { $0.rows[0].count } == [1, 0, 1])
    query.scope.during = Instant(microseconds: minute(-1))..<Instant(microseconds: minute(day))
    #expect(try engine.funnel(query, Run()).periods.map(\.label) == ["1969-12-31", "1970-01-01"])
  }

  @Test func `paths are as long as 63 steps, as 16 in any order`() throws {
    let long = (0..<63).map { "A\($0)" }.joined(separator: " ")
    let path = { (count: Int) in Array(repeating: "A", count: count).joined(separator: " -> ") }
    let engine = EmbeddedEngine(journey(long))
    #expect(
      try engine.funnel(funnel(path(63)), Run()).total.figures.rows.map(\.count) == Array(repeating: 1, count: 63))
    #expect(throws: ExecutionError.limit(.steps(63))) {
      try engine.funnel(funnel(path(64)), Run())
    }
    var query = funnel(path(16))
    query.order = .any
    #expect(try engine.funnel(query, Run()).total.figures.rows.map(\.count) == Array(repeating: 1, count: 16))
    query = funnel(path(17))
    query.order = .any
    #expect(throws: ExecutionError.limit(.stepsInAnyOrder(16))) { try engine.funnel(query, Run()) }
  }

  @Test func `many events of one moment are matched in reasonable time`() throws {
    // 4,000 events of each name at one moment, listed backwards; the last step needs one of those that the first takes
    // too.
    let names = ["C", "B", "A"].flatMap { Array(repeating: $0 + "5", count: 4_000) }.joined(separator: " ")
    var query = funnel("A|C -> B? -> A|B -> C -> A")
    let engine = EmbeddedEngine(journey(names))
    #expect(try engine.funnel(query, Run()).total.figures.rows.map(\.count) == [1, 1, 1, 1, 1])
    query.order = .any
    #expect(try engine.funnel(query, Run()).total.figures.rows.map(\.count) == [1, 1, 1, 1, 1])
  }

  @Test func `an empty store has nothing to count, a stopped run no answer`() throws {
    let engine = EmbeddedEngine([])
    var query = funnel("A -> B")
    query.split.per = .week
    query.split.breakdown = Breakdown(keys: [.property("item")], names: ["item"])
    let report = try engine.funnel(query, Run())
    #expect(report.total.figures.rows.map(\.count) == [0, 0])
    #expect(report.total.figures.conversion == nil)
    #expect(report.groups.isEmpty && report.periods.isEmpty && report.basis == Basis())
    #expect(try engine.people(PeopleQuery(funnel: query, part: .all), Run()).people.isEmpty)
    let run = Run()
    run.cancel()
    #expect(throws: ExecutionError.cancelled) { try EmbeddedEngine(journey("A0 B1")).funnel(query, run) }
    #expect(throws: ExecutionError.cancelled) { try engine.count(CountQuery(), run) }
  }
}
