import EventStore
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

@testable import JourneyEngine

/// A unit as a value to compare: where it is, what its chain holds, whether it is unfinished.
private struct PlainUnit: Equatable {
  var customer: String
  var depth: Int
  var rows: [Int]
  var isUnfinished: Bool
}

private struct PlainUnits: FunnelSink {
  var units: [PlainUnit] = []

  mutating func take(_ unit: FunnelUnit, in block: JourneyBlock) {
    units.append(
      PlainUnit(
        customer: block.bucket.customers[unit.customer], depth: unit.chain.depth, rows: unit.chain.rows,
        isUnfinished: unit.isUnfinished))
  }
}

extension EventStore {
  /// The units that a reader finds, block by block; those of a customer in their order, customers by id.
  fileprivate func units(_ query: FunnelQuery, leaping: Bool, _ run: Run = Run()) throws -> [PlainUnit] {
    var reader = try FunnelReader(query, of: self, Catalog(self), run, leaping: leaping)
    var sink = PlainUnits()
    for bucket in buckets {
      for customers in bucket.blocks(ofEvents: 100) { reader.read(customers, of: bucket, into: &sink) }
    }
    return sink.units.enumerated().sorted { ($0.element.customer, $0.offset) < ($1.element.customer, $1.offset) }
      .map(\.element)
  }
}

/// Journeys that are long beside the words of a bitmap, and what is asked of them.
private struct LongJourneys: CustomTestStringConvertible {
  let events: Int
  /// Minutes that all events lie within: few for many ties.
  let length: Int64
  /// Events that fill no step, for each that may.
  let fillers: Int
  let names: Int

  var testDescription: String { "\(events) events in \(length) min, \(fillers) fillers, \(names) names" }

  static let all = [
    LongJourneys(events: 30, length: 20, fillers: 0, names: 3),
    LongJourneys(events: 90, length: 10_000, fillers: 1, names: 3),
    LongJourneys(events: 400, length: 100_000, fillers: 9, names: 4),
    LongJourneys(events: 400, length: 3_000, fillers: 30, names: 4),
    LongJourneys(events: 200, length: 1_000, fillers: 2, names: 300),
  ]

  func rows(using random: inout SeededRandom) -> [EventRow] {
    (0..<random.pick([1, 2, 5])).flatMap { customer in
      (0..<Int.random(in: 1...events, using: &random)).map { _ in
        let isFiller = fillers > 0 && Int.random(in: 0...fillers, using: &random) > 0
        let name = isFiller ? "X\(Int.random(in: 0..<names, using: &random))" : random.pick(["A", "B", "C", "D"])
        return EventRow(
          customer: "u\(customer)", instant: minute(.random(in: 0...length, using: &random)), name: name,
          properties: [("item", .text(random.pick(["x", "y"])))])
      }
    }
  }

  func query(using random: inout SeededRandom) -> FunnelQuery {
    let steps = (0..<Int.random(in: 1...5, using: &random)).map { _ in
      random.pick(["A", "B", "C", "D", "A|B", "C|X0", "B"])
    }
    var query = funnel(steps.joined(separator: " -> "))
    query.window = random.pick([nil, .minutes(length / 10), .minutes(length / 50), .minutes(length / 3), .minutes(0)])
    query.entry = random.pick([.best, .best, .first])
    query.counting = random.pick([.customers, .customers, .entries, .sessions])
    query.gap = .minutes(length / 20)
    query.order = random.pick([.path, .path, .strict, .any])
    if query.order == .any {
      query.path = funnel(random.pick(["A -> B -> C|X0 -> D", "B -> B -> A", "A -> D", "X0|A -> C -> B"])).path
    }
    for index in 1..<max(1, steps.count) where query.order != .any && random.one(in: 6) {
      query.path.steps[index].arrow.limit = .minutes(length / 60)
    }
    if steps.count > 1, query.order != .any, random.one(in: 8) { query.path.steps[1].arrow.isNext = true }
    if random.one(in: 6) { query.holding = "item" }
    if random.one(in: 3) { query.without = [step(random.pick(["X0", "X1|X2", "D", "A"]))] }
    if random.one(in: 4) { query.scope.filter = .test(PropertyTest("item", .compare(.equal, .text("x")))) }
    if random.one(in: 4) {
      query.path.steps[0].step.alternatives[0].condition = .test(PropertyTest("item", .compare(.equal, .text("y"))))
    }
    if random.one(in: 4) {
      let start = minute(length / 4)
      query.scope.during = Instant(microseconds: start)..<Instant(microseconds: 2 * start)
    }
    return query
  }
}

@Suite struct LeapSearchTests {
  @Test(arguments: LongJourneys.all) fileprivate func `leaps find what the full search finds`(family: LongJourneys)
    throws
  {
    var random = SeededRandom(seed: UInt64(family.events * 1_000 + family.fillers))
    for number in 0..<150 {
      let rows = family.rows(using: &random)
      let query = family.query(using: &random)
      let store = EventStore(rows: rows, buckets: 1)
      let units = try store.units(query, leaping: true)
      try #require(try units == store.units(query, leaping: false), "store \(number): \(query)")
    }
  }

  @Test func `a window holds what comes exactly at its end`() throws {
    let store = EventStore(rows: journey("A0 A1 B11 C61"))
    var query = funnel("A -> B -> C")
    for (window, depth, first) in [(61, 3, 1), (60, 3, 1), (59, 2, 1), (10, 2, 1), (9, 1, 0)] as [(Int64, Int, Int)] {
      query.window = .minutes(window)
      for leaping in [true, false] {
        let unit = try #require(try store.units(query, leaping: leaping).first)
        #expect(unit.depth == depth)
        #expect(unit.rows.first == first)
      }
    }
  }

  @Test func `one customer with 100,000 events is read in one go`() throws {
    var random = SeededRandom(seed: 1)
    let rows = (0..<100_000).map { index -> EventRow in
      // Now and then two events share a minute.
      let instant = minute(Int64(index)) + (random.one(in: 50_000) ? minute(1) : 0)
      let name =
        if index % 3 == 0 { "A" } else if index % 1_000 == 1 { "B" } else if index % 30_000 == 2 { "C" } else { "X" }
      return EventRow(customer: "u1", instant: instant, name: name)
    }
    let store = EventStore(rows: rows)
    for counting in [FunnelQuery.Counting.customers, .entries, .sessions] {
      var query = funnel("A -> B -> C -> C")
      (query.window, query.counting, query.gap) = (.minutes(20_000), counting, .minutes(1))
      try #require(try store.units(query, leaping: true) == store.units(query, leaping: false))
    }
  }

  @Test(arguments: [300, 70_000]) func `wide codes read like narrow ones`(names: Int) throws {
    let text = "A0 B5 A7 C9 B20 C21 A30 B31 A40 C41"
    let others = (0..<names).map { EventRow(customer: "u0", instant: minute(Int64($0)), name: "X\($0)") }
    let narrow = EmbeddedEngine(journey(text))
    let wide = EmbeddedEngine(others + journey(text))
    for path in ["A -> B -> C", "A -> C", "B -> A|C -> C", "A -> A -> A -> A -> B", "A -> * -> *"] {
      for window in [3, 20] as [Int64] {
        var query = funnel(path)
        query.window = .minutes(window)
        query.scope.people = .did(Did(step("A"), times: .atLeast(1), during: nil))
        var report = try wide.funnel(query, Run())
        report.basis.span = try narrow.funnel(query, Run()).basis.span
        report.total.figures.unfinished = try narrow.funnel(query, Run()).total.figures.unfinished
        try #require(try report == narrow.funnel(query, Run()))
      }
    }
  }

  @Test func `a store without events, and a step that nothing matches`() throws {
    #expect(try EventStore(rows: []).units(funnel("A -> B"), leaping: true).isEmpty)
    let store = EventStore(rows: journey("A0 B1"))
    #expect(try store.units(funnel("Q -> B"), leaping: true).isEmpty)
    #expect(try store.units(funnel("A -> Q"), leaping: true).map(\.depth) == [1])
  }

  @Test(arguments: [true, false]) func `a run that is stopped takes up no further customer`(leaping: Bool) throws {
    let store = EventStore(rows: (0..<50).flatMap { journey("A0 B1", of: "u\($0)") })
    let run = Run()
    run.cancel()
    #expect(try store.units(funnel("A -> B"), leaping: leaping, run).isEmpty)
  }
}
