import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

/// The figures of a map by their definition: for each customer the set of stages they were at, and each figure said of these sets.
struct DefinedMapMetrics {
  private typealias Person = (events: [EventRow], stages: [Int])
  let rows: [EventRow]
  let query: MapMetricsQuery

  var report: MapMetrics {
    let asked = asked(query.scope, of: rows)
    let people = asked.map { person in
      person.events.filter { row in
        query.scope.keeps(row) && (query.scope.during?.contains(Instant(microseconds: row.instant)) ?? true)
      }
    }.filter { !$0.isEmpty }.map { events -> Person in
      (events, query.stages.indices.filter { stage in events.contains { matches(query.stages[stage], $0) } })
    }
    return MapMetrics(
      customers: people.count, onMap: people.count { !$0.stages.isEmpty },
      stages: query.stages.indices.map { stage($0, people) },
      touchpoints: query.touchpoints.map { touchpoint($0, people) },
      basis: Basis(span: span(of: rows), people: asked.count))
  }

  private func stage(_ stage: Int, _ people: [Person]) -> MapMetrics.Stage {
    MapMetrics.Stage(
      name: query.stages[stage].label, seen: people.count { $0.stages.contains(stage) },
      joined: people.count { $0.stages.min() == stage },
      passed: people.count { person in
        !person.stages.contains(stage) && person.stages.contains { $0 < stage } && person.stages.contains { $0 > stage }
      },
      left: people.count { $0.stages.max() == stage },
      medianToNext: medianToNext(query.stages[stage], of: stage, people),
      value: value(of: people.filter { $0.stages.contains(stage) && $0.stages.contains { $0 > stage } }))
  }

  private func medianToNext(_ place: Step, of stage: Int, _ people: [Person]) -> Duration? {
    DefinedTime.spread(people.compactMap { toNext(place, of: stage, $0.events) })?.median
  }

  /// From the first event at a place to the first one behind it, in canonical order, at a later stage.
  private func toNext(_ place: Step, of stage: Int, _ events: [EventRow]) -> Int64? {
    guard let first = events.firstIndex(where: { matches(place, $0) }) else { return nil }
    let later = query.stages.dropFirst(stage + 1)
    return events[(first + 1)...].first { row in later.contains { matches($0, row) } }.map {
      $0.instant - events[first].instant
    }
  }

  private func touchpoint(_ touchpoint: MapMetricsQuery.Touchpoint, _ people: [Person]) -> MapMetrics.Touchpoint {
    let seen = people.filter { person in person.events.contains { matches(touchpoint.step, $0) } }
    let wentOn = seen.filter { person in person.stages.contains { $0 > touchpoint.stage } }
    return MapMetrics.Touchpoint(
      name: touchpoint.step.label, seen: seen.count, wentOn: wentOn.count,
      medianToNext: query.timesTouchpoints ? medianToNext(touchpoint.step, of: touchpoint.stage, people) : nil,
      value: value(of: wentOn))
  }

  /// The sum of all their values: random ones are whole numbers, which add up exactly in any order.
  private func value(of people: [Person]) -> Double? {
    query.value.map { property in
      people.flatMap(\.events).reduce(0) { sum, row in
        if case .number(let number)? = row.value(of: property) { sum + number } else { sum }
      }
    }
  }
}

@Suite struct MapMetricsTests {
  @Test(arguments: 0..<8) func `the figures are those of the definition`(seed: Int) throws {
    try expectDefined(seed: seed, stores: 250) { random in
      MapMetricsQuery.random(using: &random)
    } definition: { rows, query in
      DefinedMapMetrics(rows: rows, query: query).report
    } answer: { engine, query in
      try engine.metrics(query, Run())
    }
  }

  /// Whoever is on the map came onto it somewhere, left it somewhere, and was at each stage between or passed it.
  @Test(arguments: 0..<4) func `the band adds up at every stage`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for number in 0..<200 {
      let rows = RandomJourneys([.orderColumn], using: &random).rows
      let query = MapMetricsQuery.random(using: &random)
      let engine = try #require(try engines(rows, using: &random).last)
      let metrics = try engine.metrics(query, Run())
      let place = Comment("store \(number): \(rows) \(query)")
      var before = 0
      for stage in metrics.stages {
        try #require(stage.seen + stage.passed == before + stage.joined, place)
        before += stage.joined - stage.left
      }
      try #require(before == 0, place)
      try #require(metrics.stages.reduce(0) { $0 + $1.joined } == metrics.onMap, place)
      try #require(metrics.onMap <= metrics.customers, place)
    }
  }

  @Test func `people join, pass by, turn back and leave`() throws {
    let rows =
      journey("A0 B5 C9 D20", of: "straight") + journey("B0 D4 A6", of: "turning") + journey("A1 D2", of: "skipping")
      + journey("X0", of: "elsewhere")
    let stages = ["A", "B|C", "D"].map(step)
    let query = MapMetricsQuery(
      stages: stages, touchpoints: [.init(step: step("B"), stage: 1), .init(step: step("C"), stage: 1)],
      timesTouchpoints: true)
    let metrics = try EmbeddedEngine(rows).metrics(query, Run())
    #expect(metrics.customers == 4)
    #expect(metrics.onMap == 3)
    #expect(
      metrics.stages == [
        .init(name: "A", seen: 3, joined: 3, passed: 0, left: 0, medianToNext: .minutes(3)),
        .init(name: "B|C", seen: 2, joined: 0, passed: 1, left: 0, medianToNext: .seconds(570)),
        .init(name: "D", seen: 3, joined: 0, passed: 0, left: 3),
      ])
    #expect(
      metrics.touchpoints == [
        .init(name: "B", seen: 2, wentOn: 2, medianToNext: .seconds(570)),
        .init(name: "C", seen: 1, wentOn: 1, medianToNext: .minutes(11)),
      ])
  }

  @Test func `more stages than are told apart are refused`() throws {
    let query = MapMetricsQuery(stages: Array(repeating: step("A"), count: 65), touchpoints: [])
    #expect(throws: ExecutionError.limit(.stages(64))) { try EmbeddedEngine(journey("A0")).metrics(query, Run()) }
  }
}

extension MapMetricsQuery {
  static func random(using random: inout SeededRandom) -> MapMetricsQuery {
    let choices = ["A", "B", "C", "A|C", "*", "R"].map(step) + [Step(label: "none", alternatives: [])]
    let stages = (0..<random.pick([0, 1, 2, 3, 5, 64])).map { _ in random.pick(choices) }
    // More than one word of bits has room for.
    let touchpoints =
      stages.isEmpty
      ? []
      : (0..<random.pick([0, 1, 5, 61, 130])).map { _ in
        Touchpoint(step: random.pick(choices), stage: random.pick(Array(stages.indices)))
      }
    return MapMetricsQuery(
      stages: stages, touchpoints: touchpoints, value: random.pick([nil, "amount", "item", "unknown"]),
      timesTouchpoints: random.one(in: 2), scope: .random(using: &random))
  }
}
