import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

@Suite struct MapMetricsTests {
  /// Whatever the clauses: the touchpoints as `count` counts them, the stages as `funnel` does.
  @Test(arguments: 0..<4) func `the figures are those of a count each and of a funnel`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for number in 0..<200 {
      let journeys = RandomJourneys([.orderColumn], using: &random)
      let scope = CountQuery.random(using: &random).scope
      let choices = ["A", "B", "A|C", "*", "R"].map(step) + [Step(label: "none", alternatives: [])]
      // More than one word of bits has room for.
      let touchpoints = (0..<random.pick([0, 1, 5, 64, 70])).map { _ in random.pick(choices) }
      let stages = (0..<random.pick([0, 1, 3])).map { _ in random.pick(choices) }
      let query = MapMetricsQuery(
        touchpoints: touchpoints, stages: stages, window: random.pick([nil, .minutes(4)]), scope: scope)
      let engine = try #require(try engines(journeys.rows, parted: 3, using: &random).last)
      let found = try engine.metrics(query, Run())
      let place = Comment("store \(number): \(journeys.rows) \(query)")
      func counted(_ step: Step?) throws -> Int {
        try engine.count(CountQuery(step: step, scope: scope), Run()).total.figures.customers
      }
      let all = try counted(nil)
      try #require(found.customers == all, place)
      let counts = try touchpoints.map { MapMetrics.Reach(name: $0.label, customers: try counted($0)) }
      try #require(found.touchpoints == counts, place)
      let funnel = FunnelQuery(path: Path(stages.map { PathStep($0) }), window: query.window, scope: scope)
      let rows = stages.isEmpty ? [] : try engine.funnel(funnel, Run()).total.figures.rows
      try #require(found.stages.map(\.customers) == rows.map(\.count), place)
      try #require(found.stages.map(\.name) == rows.map(\.label), place)
    }
  }

  @Test func `more stages than a path can have are not counted`() throws {
    let engine = EmbeddedEngine(journey("A0 B1") + journey("B0", of: "u2"))
    let query = MapMetricsQuery(touchpoints: [step("A")], stages: Array(repeating: step("A"), count: 64))
    #expect(
      try engine.metrics(query, Run())
        == MapMetrics(customers: 2, touchpoints: [.init(name: "A", customers: 1)], stages: []))
  }
}
