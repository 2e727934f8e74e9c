import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

/// A trace and what is extra in it, by definition: of all ways to match it with its run, the best one.
struct DefinedTrace {
  /// Stages, visit by visit.
  let visits: [Int]
  /// The stages it is held against.
  let run: [Int]
  let fitness: Double
  let deviations: Set<ConformQuery.Deviation>

  init(_ visits: [Int], isStrict: Bool) {
    self.visits = visits
    run = Array((isStrict ? 0 : visits.min() ?? 0)...(visits.max() ?? 0))
    let match = Self.match(visits, run)
    let whole = visits.count + run.count
    fitness = 1 - Double(whole - 2 * match.count) / Double(whole)
    let matched = match.map { visits[$0] }
    let extra = visits.indices.filter { !match.contains($0) }
    deviations = Set(
      run.filter { !matched.contains($0) }.map { .skipped($0) }
        + extra.map { .visited(visits[$0], from: $0 > 0 ? visits[$0 - 1] : nil) })
  }

  /// By places of the trace and of the run: the best match of what comes from there on. A match is the places of the trace.
  private static func match(_ visits: [Int], _ run: [Int]) -> [Int] {
    var best = Array(repeating: Array(repeating: [Int](), count: run.count + 1), count: visits.count + 1)
    for place in visits.indices.reversed() {
      for stage in run.indices.reversed() {
        var ways = [best[place + 1][stage], best[place][stage + 1]]
        if visits[place] == run[stage] { ways.append([place] + best[place + 1][stage + 1]) }
        let longest = ways.map(\.count).max() ?? 0
        best[place][stage] = ways.filter { $0.count == longest }.min { $0.lexicographicallyPrecedes($1) } ?? []
      }
    }
    return best[0][0]
  }
}

/// The designed journey against the lived ones by definition: each customer's trace by itself, each figure said of all traces.
struct DefinedConform {
  let rows: [EventRow]
  let query: ConformQuery

  struct Person {
    var customer: String
    var events: [EventRow]
    /// Events at a stage, and the trace; nil without any.
    var onMap: [EventRow]
    var trace: DefinedTrace?
    var key: [String?]
  }

  func people(during: Range<Instant>?) -> [Person] {
    asked(query.scope, of: rows).map { journey in
      let events = journey.events.filter { row in
        query.scope.keeps(row) && (during?.contains(Instant(microseconds: row.instant)) ?? true)
      }
      let onMap = events.filter { !stages(of: $0).isEmpty }
      // Those of one moment stand together.
      let visits = events.enumerated().filter { $0 == 0 || events[$0 - 1].moment != $1.moment }.flatMap { _, first in
        Set(events.filter { $0.moment == first.moment }.flatMap(stages)).sorted()
      }
      let trace = visits.enumerated().filter { $0 == 0 || visits[$0 - 1] != $1 }.map(\.element)
      return Person(
        customer: journey.customer, events: events, onMap: onMap,
        trace: trace.isEmpty ? nil : DefinedTrace(trace, isStrict: query.isStrict),
        key: onMap.first.flatMap { first in query.split.breakdown?.key(of: first, in: journey.events) } ?? [])
    }
  }

  private func stages(of row: EventRow) -> [Int] {
    query.stages.indices.filter { matches(query.stages[$0], row) }
  }

  var report: ConformReport {
    let people = people(during: query.scope.during)
    let traced = people.filter { $0.trace != nil }
    let deviations = deviations(traced)
    var cut = Cut(figures(traced), basis: Basis(span: span(of: rows), people: people.count))
    if let breakdown = query.split.breakdown {
      cut.groups = groups(traced.map { ($0.key, $0) }, breakdown, size: \.count).map {
        Slice($0.key, figures($0.items))
      }
    }
    cut.versus = query.split.versus.map { figures(self.people(during: $0).filter { $0.trace != nil }) }
    return ConformReport(
      figures: cut, customers: people.count { !$0.events.isEmpty },
      stages: query.stages.indices.map { stage($0, traced) },
      touchpoints: query.touchpoints.map(touchpoint), deviations: Array(deviations.prefix(query.top)),
      distinct: deviations.count, elsewhere: elsewhere(people))
  }

  private func figures(_ people: [Person]) -> ConformFigures {
    let traces = people.compactMap(\.trace)
    let several = traces.filter { Set($0.visits).count > 1 }
    func mean(_ traces: [DefinedTrace]) -> Double? {
      traces.isEmpty ? nil : exactSum(traces.map(\.fitness)) / Double(traces.count)
    }
    let squares = exactSum(traces.map { $0.fitness * $0.fitness })
    let variance = mean(traces).flatMap { mean in
      traces.count > 1
        ? max(0, squares - exactSum(traces.map(\.fitness)) * mean) / Double(traces.count - 1) : nil
    }
    return ConformFigures(
      customers: traces.count, straight: traces.count { $0.deviations.isEmpty }, fitness: mean(traces),
      fitnessVariance: variance,
      several: several.count, fitnessOfSeveral: mean(several))
  }

  private func stage(_ stage: Int, _ people: [Person]) -> ConformReport.Stage {
    let traces = people.compactMap(\.trace)
    return ConformReport.Stage(
      name: query.stages[stage].label, seen: traces.count { $0.visits.contains(stage) },
      joined: traces.count { $0.visits.min() == stage },
      skipped: traces.count { $0.deviations.contains(.skipped(stage)) },
      returned: traces.count { trace in
        trace.deviations.contains { deviation in
          if case .visited(stage, let from?) = deviation { from > stage } else { false }
        }
      }, left: traces.count { $0.visits.max() == stage })
  }

  /// As the figures of the map are defined.
  private func touchpoint(_ touchpoint: ConformQuery.Touchpoint) -> ConformReport.Touchpoint {
    let name = touchpoint.step.label
    guard !touchpoint.step.alternatives.isEmpty else { return ConformReport.Touchpoint(name: name, seen: nil) }
    let stage = query.stages.firstIndex { $0.label == touchpoint.stage } ?? query.stages.count
    let map = MapMetricsQuery(
      stages: query.stages, touchpoints: [.init(step: touchpoint.step, stage: stage)], timesTouchpoints: true,
      scope: query.scope)
    let found = DefinedMapMetrics(rows: rows, query: map).report.touchpoints[0]
    return ConformReport.Touchpoint(name: name, seen: found.seen, medianToNext: found.medianToNext)
  }

  private func deviations(_ people: [Person]) -> [ConformReport.Deviation] {
    let traces = people.compactMap(\.trace)
    let origins: [Int?] = [nil] + query.stages.indices.map { $0 }
    let all =
      query.stages.indices.map { ConformQuery.Deviation.skipped($0) }
      + query.stages.indices.flatMap { stage in origins.map { .visited(stage, from: $0) } }
    let had = traces.reduce(into: Set()) { $0.formUnion($1.deviations) }
    let found = all.filter(had.contains).map { deviation -> ConformReport.Deviation in
      let with = traces.filter { $0.deviations.contains(deviation) }
      let others = traces.filter { trace in
        guard !trace.deviations.contains(deviation), let furthest = trace.visits.max() else { return false }
        switch deviation {
        case .skipped(let stage): return furthest > stage
        case .visited(_, let from): return furthest >= from ?? 0
        }
      }
      return ConformReport.Deviation(
        deviation, customers: with.count, converted: with.count(where: isConverted), others: others.count,
        othersConverted: others.count(where: isConverted))
    }
    return found.enumerated().sorted { left, right in
      (-left.element.customers, left.offset) < (-right.element.customers, right.offset)
    }.map(\.element)
  }

  private func isConverted(_ trace: DefinedTrace) -> Bool { trace.visits.contains(query.stages.count - 1) }

  private func elsewhere(_ people: [Person]) -> [ConformReport.Event] {
    let events = people.flatMap(\.events).filter { stages(of: $0).isEmpty }
    return Dictionary(grouping: events, by: \.name).map { ConformReport.Event(name: $0, events: $1.count) }
      .sorted { left, right in
        left.events != right.events ? left.events > right.events : precedes([left.name], [right.name])
      }
  }

  func people(having deviations: Set<ConformQuery.Deviation>?) -> [PeopleReport.Person] {
    people(during: query.scope.during).compactMap { person in
      guard let trace = person.trace, deviations.map({ !trace.deviations.isDisjoint(with: $0) }) ?? true,
        let first = person.onMap.first, let last = person.onMap.last
      else { return nil }
      return PeopleReport.Person(
        customer: person.customer, depth: Set(trace.visits).count, entered: Instant(microseconds: first.instant),
        last: Instant(microseconds: last.instant))
    }
  }
}

@Suite struct ConformTests {
  @Test(arguments: 0..<8) func `the answer is that of the definition`(seed: Int) throws {
    try expectDefined(seed: seed, stores: 300) { random in
      ConformQuery.random(using: &random)
    } definition: { rows, query in
      DefinedConform(rows: rows, query: query).report
    } answer: { engine, query in
      try engine.conform(query, Run())
    }
  }

  @Test(arguments: 0..<4) func `the people are those that the answer counted`(seed: Int) throws {
    try expectDefined(seed: 100 + seed, stores: 250) { random in
      var query = ConformQuery.random(using: &random)
      query.split = Split()
      let all = query.stages.indices.flatMap { stage in
        [.skipped(stage), .visited(stage, from: nil)]
          + query.stages.indices.map { ConformQuery.Deviation.visited(stage, from: $0) }
      }
      let some = all.filter { _ in random.one(in: 3) }
      return PeopleQuery(conform: query, having: random.one(in: 4) ? nil : Set(some))
    } definition: { rows, query in
      guard case .conform(let conform, let deviations) = query.source else { return [] }
      return DefinedConform(rows: rows, query: conform).people(having: deviations)
    } answer: { engine, query in
      try engine.people(query, Run()).people
    }
  }

  /// Moves in the trace alone and in the run alone cost 1 each, moves in both at once nothing: the least cost over all ways through the
  /// grid of places is n + m − 2l.
  @Test(arguments: 0..<4) func `no alignment costs less`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for number in 0..<1_000 {
      let stages = Int.random(in: 1...6, using: &random)
      let long = random.one(in: 10) ? 60 : 9
      let visits = (0..<Int.random(in: 1...long, using: &random)).map { _ in Int.random(in: 0..<stages, using: &random)
      }
      .reduce(into: [Int]()) { if $0.last != $1 { $0.append($1) } }
      let query = ConformQuery(stages: (0..<stages).map { step("S\(letters[$0])") }, isStrict: random.one(in: 3))
      let rows = visits.enumerated().map { place, stage in
        EventRow(customer: "u1", instant: minute(Int64(place)), name: "S\(letters[stage])")
      }
      let trace = DefinedTrace(visits, isStrict: query.isStrict)
      let whole = visits.count + trace.run.count
      let fitness = 1 - Double(leastCost(visits[...], trace.run[...])) / Double(whole)
      let report = try EmbeddedEngine(rows).conform(query, Run())
      try #require(report.figures.total.figures.fitness == fitness, "trace \(number): \(visits) \(query.isStrict)")
    }
  }

  private let letters = ["A", "B", "C", "D", "E", "F"]

  /// By what is left of both: nothing but the three moves.
  private func leastCost(_ trace: ArraySlice<Int>, _ run: ArraySlice<Int>) -> Int {
    var row = Array((0...run.count).reversed())
    for visit in trace.reversed() {
      var next = row
      next[run.count] += 1
      for (place, stage) in run.enumerated().reversed() {
        next[place] = min(row[place], next[place + 1]) + 1
        if visit == stage { next[place] = min(next[place], row[place + 1]) }
      }
      row = next
    }
    return row[0]
  }

  /// Answers worked out by hand. Stages are A to D; X is at none. Deviations as `-B` (skipped), `B<C` (back from C), `C>B`: ahead to C from
  /// B, `C>` from the start.
  @Test(
    arguments: [
      ("A0 B1 C2 D3", false, "", 1),
      ("B0 C1", false, "", 1),
      ("B0 C1", true, "-A", 1 - 1.0 / 5),
      ("X0", false, "", nil),
      ("A0 X1 A2 X3 B4", false, "", 1),
      ("A0 C1", false, "-B", 1 - 1.0 / 5),
      ("A0 B1 C2 B3 C4", false, "B<C C>B", 1 - 2.0 / 8),
      ("C0 A1 B2", false, "-C C>", 1 - 2.0 / 6),
      ("A0 B1 A2 B3", false, "A<B B>A", 1 - 2.0 / 6),
      ("C0 B0 A0", false, "", 1),
      ("B1 A1 C2 A2", false, "A<B", 1 - 1.0 / 7),
      ("D0 C1 B2 A3", false, "-A -B -C A<B B<C C<D", 1 - 6.0 / 8),
      ("D0 C1 B2 A3", true, "-A -B -C A<B B<C C<D", 1 - 6.0 / 8),
      ("A0 D1 B2 C3", false, "-D D>A", 1 - 2.0 / 8),
    ] as [(String, Bool, String, Double?)])
  func `a trace deviates`(events: String, isStrict: Bool, expected: String, fitness: Double?) throws {
    let names = ["A", "B", "C", "D"]
    let query = ConformQuery(stages: names.map(step), isStrict: isStrict, top: 100)
    let report = try EmbeddedEngine(journey(events)).conform(query, Run())
    let found = report.deviations.map { deviation -> String in
      switch deviation.deviation {
      case .skipped(let stage): "-" + names[stage]
      case .visited(let stage, let from?) where from > stage: "\(names[stage])<\(names[from])"
      case .visited(let stage, let from): "\(names[stage])>\(from.map { names[$0] } ?? "")"
      }
    }
    #expect(found.joined(separator: " ") == expected)
    #expect(report.figures.total.figures.fitness == fitness)
  }

  @Test func `those who deviate stand beside others who came past the same stage`() throws {
    let rows =
      journey("A0 B1 C2", of: "straight") + journey("A0 C1", of: "skipping") + journey("A0 B1", of: "short")
      + journey("A0 B1 A2", of: "turning") + journey("X0", of: "elsewhere") + journey("C0", of: "late")
    let report = try EmbeddedEngine(rows).conform(ConformQuery(stages: ["A", "B", "C"].map(step)), Run())
    #expect(report.customers == 6)
    #expect(report.figures.total.figures.customers == 5)
    #expect(report.figures.total.figures.several == 4)
    #expect(
      report.deviations == [
        .init(.skipped(1), customers: 1, converted: 1, others: 2, othersConverted: 2),
        .init(.visited(0, from: 1), customers: 1, converted: 0, others: 4, othersConverted: 3),
      ])
    #expect(report.elsewhere == [.init(name: "X", events: 1)])
  }

  /// A customer with very many visits is matched as anybody else is: looking at all pairs of visits would not end.
  @Test func `a trace may be long`() throws {
    let names = (0..<64).map { "S\($0)" }
    let count = 400_000
    let rows = (0..<count).map { place in
      EventRow(customer: "u1", instant: Int64(place), name: names[(place * 37 + place / 64) % 64])
    }
    let report = try EmbeddedEngine(rows).conform(
      ConformQuery(stages: names.map(step), top: .max), Run())
    #expect(report.figures.total.figures.fitness == 1 - Double(count + 64 - 2 * 64) / Double(count + 64))
    #expect(report.stages.allSatisfy { $0.seen == 1 && $0.skipped == 0 })
  }

  @Test func `more stages than are told apart are refused`() throws {
    let query = ConformQuery(stages: Array(repeating: step("A"), count: 65))
    #expect(throws: ExecutionError.limit(.stages(64))) { try EmbeddedEngine(journey("A0")).conform(query, Run()) }
    #expect(throws: ExecutionError.limit(.stages(64))) {
      try EmbeddedEngine(journey("A0")).people(PeopleQuery(conform: query), Run())
    }
  }
}

extension ConformQuery {
  static func random(using random: inout SeededRandom) -> ConformQuery {
    let choices = ["A", "B", "C", "A|C", "*", "R"].map(step) + [Step(label: "none", alternatives: [])]
    let plain = ["A", "B", "C", "R"].shuffled(using: &random).map(step)
    let stages =
      random.one(in: 3)
      ? (0..<random.pick([0, 1, 2, 3, 5, 64])).map { _ in random.pick(choices) }
      : Array(plain.prefix(random.pick([2, 3, 4])))
    var query = ConformQuery(
      stages: stages, isStrict: random.one(in: 4), top: random.pick([1, 3, 100]), scope: .random(using: &random))
    // More than one word of bits has room for.
    query.touchpoints = (0..<random.pick([0, 1, 5, 70])).map { _ in
      Touchpoint(step: random.pick(choices), stage: random.pick(stages.map(\.label) + ["unknown"]))
    }
    if random.one(in: 2) { query.split.breakdown = .random(steps: 1, using: &random) }
    if random.one(in: 3) { query.split.versus = .random(using: &random) }
    return query
  }
}
