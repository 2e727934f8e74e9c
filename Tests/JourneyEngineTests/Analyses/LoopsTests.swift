import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

/// Returns by their definition: at every event of a journey, all that came before it is looked at again.
struct DefinedLoops {
  let rows: [EventRow]
  let query: LoopsQuery

  private struct Taken {
    var customer: String
    var names: [String]
    var key: [String?]
  }

  var report: LoopsReport {
    var naming = query.naming
    if query.rule == .toEarlier { naming.keepsOthers = false }
    let sequences = DefinedSequence.all(
      of: rows, naming, filter: query.scope.filter, people: query.scope.people, during: query.scope.during)
    let returns = sequences.flatMap { sequence in
      sequence.events.indices.compactMap { index in
        pair(at: index, of: sequence).map { names in
          Taken(
            customer: sequence.customer, names: names,
            key: query.breakdown.map { sequence.key($0, at: sequence.events[index].row) } ?? [])
        }
      }
    }
    var report = LoopsReport(
      figures(returns), basis: Basis(span: span(of: rows), people: sequences.count))
    if let breakdown = query.breakdown {
      report.groups = groups(returns.map { ($0.key, $0) }, breakdown, size: \.count)
        .map { Slice($0.key, figures($0.items)) }
    }
    return report
  }

  /// From and to of the return at an event; nil where there is none.
  private func pair(at index: Int, of sequence: DefinedSequence) -> [String]? {
    guard index > 0 else { return nil }
    let (event, previous) = (sequence.events[index], sequence.events[index - 1])
    switch query.rule {
    case .toEarlier:
      let order = query.naming.rules.map(\.name)
      guard let to = order.firstIndex(of: event.name), let from = order.firstIndex(of: previous.name), to < from else {
        return nil
      }
    case .toTaken:
      guard event.name != previous.name, sequence.events[..<index].contains(where: { $0.name == event.name }) else {
        return nil
      }
    case .toStep(let step):
      guard matches(step, event.row), !matches(step, previous.row),
        sequence.events[..<index].contains(where: { matches(step, $0.row) })
      else { return nil }
      return [previous.name, step.label]
    }
    return [previous.name, event.name]
  }

  private func figures(_ returns: [Taken]) -> LoopsFigures {
    let pairs = Dictionary(grouping: returns, by: \.names).map { names, taken in
      LoopsFigures.Pair(
        from: names[0], to: names[1], times: taken.count, customers: Set(taken.map(\.customer)).count)
    }.sorted { left, right in
      left.times != right.times ? left.times > right.times : precedes([left.from, left.to], [right.from, right.to])
    }
    let shown = Array(pairs.prefix(query.top))
    let rest = returns.filter { taken in !shown.contains { [$0.from, $0.to] == taken.names } }
    return LoopsFigures(
      times: returns.count, customers: Set(returns.map(\.customer)).count,
      distinct: pairs.count, pairs: shown, otherTimes: rest.count, otherCustomers: Set(rest.map(\.customer)).count)
  }
}

@Suite struct LoopsTests {
  @Test(arguments: 0..<4) func `the returns are those of the definition`(seed: Int) throws {
    try expectDefined(seed: seed, stores: 500, LoopsQuery.random) {
      DefinedLoops(rows: $0, query: $1).report
    } answer: {
      try $0.loops($1, Run())
    }
  }

  /// Answers worked out by hand; stages are A, then B, then C, and D is on none.
  @Test(
    arguments: [
      ("A0 B1 C2 A3 B4 B5", LoopsQuery.Rule.toEarlier, "C>A"),
      ("B0 D1 A2 D3 D4 C5 B6", .toEarlier, "B>A C>B"),
      ("A0 A1 B2 B3 A4 A5 C6", .toTaken, "B>A"),
      ("A0 D1 A2 D3 A4", .toTaken, "A>D D>A D>A"),
      ("B0 A1 C2 B3 B4 C5 A6", .toStep(step("A|B")), "C>A|B C>A|B"),
      ("C0 B1 B2 C3", .toStep(step("B")), ""),
    ] as [(String, LoopsQuery.Rule, String)])
  func `a return leads back`(events: String, rule: LoopsQuery.Rule, expected: String) throws {
    let stages = ["A", "B", "C"].map { Naming.Rule(name: $0, patterns: [EventPattern(event: $0)]) }
    let query = LoopsQuery(rule: rule, naming: rule == .toEarlier ? Naming(.stages, rules: stages) : Naming())
    let report = try EmbeddedEngine(journey(events)).loops(query, Run())
    let found = report.total.figures.pairs.flatMap { pair in
      Array(repeating: "\(pair.from)>\(pair.to)", count: pair.times)
    }
    #expect(found.sorted().joined(separator: " ") == expected)
  }
}

extension LoopsQuery {
  static func random(using random: inout SeededRandom) -> LoopsQuery {
    var target = Step.random(using: &random)
    target.label = "back"
    var query = LoopsQuery(rule: random.pick([.toEarlier, .toTaken, .toStep(target)]), naming: .random(using: &random))
    if random.one(in: 3) { query.scope.filter = .random(depth: 1, using: &random) }
    if random.one(in: 3) { query.scope.people = .random(depth: 1, using: &random) }
    if random.one(in: 2) { query.breakdown = .random(steps: 1, using: &random) }
    if random.one(in: 3) { query.scope.during = .random(using: &random) }
    query.top = random.pick([1, 2, 10])
    return query
  }
}
