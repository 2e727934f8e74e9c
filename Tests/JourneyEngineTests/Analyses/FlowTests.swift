import EventStore
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

@testable import JourneyEngine

/// The directly-follows graph by its definition: every pair of neighbours looked at by itself.
struct DefinedFlow {
  let rows: [EventRow]
  let query: FlowQuery

  var report: FlowReport {
    let sequences = DefinedSequence.all(
      of: rows, query.naming, filter: query.scope.filter, people: query.scope.people, during: query.scope.during)
    let pairs = sequences.flatMap { sequence in
      zip(sequence.events, sequence.events.dropFirst()).map { one, next in
        (
          customer: sequence.customer, names: [one.name, next.name], length: next.row.instant - one.row.instant
        )
      }
    }
    let transitions = Dictionary(grouping: pairs, by: \.names).map { names, taken in
      FlowReport.Transition(
        from: names[0], to: names[1], times: taken.count, customers: Set(taken.map(\.customer)).count,
        median: middle(of: taken.map(\.length)))
    }.sorted { left, right in
      left.times != right.times
        ? left.times > right.times : precedes([left.from, left.to], [right.from, right.to])
    }
    let starts = Dictionary(grouping: sequences.compactMap(\.events.first), by: \.name)
    let ends = Dictionary(grouping: sequences.compactMap(\.events.last), by: \.name)
    let steps = Dictionary(grouping: sequences.flatMap(\.events), by: \.name).map { name, taken in
      FlowReport.Step(
        name: name, events: taken.count, starts: starts[name]?.count ?? 0, ends: ends[name]?.count ?? 0)
    }.sorted { $0.events != $1.events ? $0.events > $1.events : precedes([$0.name], [$1.name]) }
    return FlowReport(
      transitions: Array(transitions.prefix(query.top ?? .max)), distinct: transitions.count, times: pairs.count,
      steps: steps, customers: sequences.count { !$0.events.isEmpty },
      basis: Basis(span: span(of: rows), people: sequences.count))
  }

  private func middle(of lengths: [Int64]) -> Duration {
    let sorted = lengths.sorted()
    return Duration(microseconds: (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2)
  }
}

@Suite struct FlowTests {
  @Test(arguments: 0..<4) func `the graph is that of the definition`(seed: Int) throws {
    try expectDefined(seed: seed, stores: 500, FlowQuery.random) {
      DefinedFlow(rows: $0, query: $1).report
    } answer: {
      try $0.flow($1, Run())
    }
  }

  @Test func `repeats are transitions of a step to itself`() throws {
    let report = try EmbeddedEngine(journey("A0 A1 A4 B5") + journey("A0 B3", of: "u2")).flow(FlowQuery(), Run())
    #expect(
      report.transitions == [
        .init(from: "A", to: "A", times: 2, customers: 1, median: .minutes(2)),
        .init(from: "A", to: "B", times: 2, customers: 2, median: .minutes(2)),
      ])
    #expect(
      report.steps == [
        .init(name: "A", events: 4, starts: 2, ends: 0), .init(name: "B", events: 2, starts: 0, ends: 2),
      ])
  }

  /// Customers of the first half, which is what a sample of every second block sees, wait as long as `first` says.
  private func halves(first: ClosedRange<Int64>, using random: inout SeededRandom) -> EventStore {
    let rows = (0..<8_000).flatMap { customer in
      var instant = Int64(0)
      return (0..<8).map { _ in
        instant += .random(in: customer < 4_000 ? first : 1...5_000, using: &random)
        return EventRow(
          customer: "u\(10_000 + customer)", instant: instant, name: random.pick(["A", "A", "B", "C"]))
      }
    }
    return EventStore(rows: rows, buckets: 1)
  }

  /// A sample like the whole, one that is misleading, and one of equal lengths.
  @Test(arguments: [1...5_000, 1_000_000...2_000_000, 7...7] as [ClosedRange<Int64>])
  func `medians are exact whatever a sample says`(first: ClosedRange<Int64>) throws {
    var random = SeededRandom(seed: 1)
    let store = halves(first: first, using: &random)
    let expected = try EmbeddedEngine(store, threads: 1).flow(sampling: .none)
    for threads in [1, 2] {
      #expect(try EmbeddedEngine(store, threads: threads).flow(sampling: .each(2)) == expected)
    }
  }

  /// Of saved buckets counts are known and about where the medians are, which is misleading where buckets differ.
  @Test(arguments: [1...5_000, 1_000_000...2_000_000, 7...7] as [ClosedRange<Int64>])
  func `medians are exact whatever summaries say`(first: ClosedRange<Int64>) throws {
    var random = SeededRandom(seed: 2)
    let (one, other) = (
      halves(first: first, using: &random).buckets[0], halves(first: 1...90, using: &random).buckets[0]
    )
    let schema = StoreSchema(events: ["A", "B", "C"])
    let alike = EventStore(schema: schema, buckets: Array(repeating: one, count: 20))
    let unlike = EventStore(
      schema: schema, buckets: Array(repeating: one, count: 9) + Array(repeating: other, count: 11))
    for store in [alike, unlike] {
      let packed = PackedStore(store, budget: .max).store
      #expect(packed.buckets.allSatisfy { $0.followSummary != nil })
      let expected = try EmbeddedEngine(store, threads: 1).flow(sampling: .none)
      #expect(try EmbeddedEngine(packed, threads: 2).flow(FlowQuery(), Run()) == expected)
    }
  }

  /// More names than pairs have slots for.
  @Test func `many names are told apart`() throws {
    let rows = (0..<1_100).flatMap { number in
      ["a\(number)", "b\(number)"].enumerated().map { place, name in
        EventRow(customer: "u\(number % 7)", instant: minute(Int64(number * 2 + place)), name: name)
      }
    }
    let engine = EmbeddedEngine(EventStore(rows: rows, buckets: 2), threads: 2)
    #expect(try engine.flow(FlowQuery(), Run()) == DefinedFlow(rows: rows, query: FlowQuery()).report)
  }
}

extension EventPart {
  fileprivate func flow(sampling: FlowQuestion.Sampling) throws -> FlowReport {
    try answer(FlowAnalysis(FlowQuery(), catalog, sampling: sampling), Run())
  }
}

extension FlowQuery {
  static func random(using random: inout SeededRandom) -> FlowQuery {
    var query = FlowQuery(naming: .random(using: &random))
    if random.one(in: 3) { query.scope.filter = .random(depth: 1, using: &random) }
    if random.one(in: 3) { query.scope.people = .random(depth: 1, using: &random) }
    if random.one(in: 3) { query.scope.during = .random(using: &random) }
    query.top = random.pick([nil, 1, 2])
    return query
  }
}
