import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

/// The last name before a moment by its definition: of each moment every event of its customer is looked at.
private func definedLastNames(_ rows: [EventRow], _ query: LastNamesQuery) -> LastNamesReport {
  var naming = query.naming
  naming.keepsOthers = false
  let journeys = Dictionary(uniqueKeysWithValues: journeys(of: rows).map { ($0.customer, $0.events) })
  return LastNamesReport(
    names: query.moments.map { moment in
      let before = (journeys[moment.customer] ?? []).filter { event in
        event.instant <= moment.instant.microseconds && naming.name(of: event) != nil
      }
      guard let last = before.last else { return nil }
      return moment.instant.microseconds - last.instant <= query.within.microseconds ? naming.name(of: last) : nil
    })
}

@Suite struct LastNamesTests {
  private func query(using random: inout SeededRandom) -> LastNamesQuery {
    let moments = (0..<Int.random(in: 0...12, using: &random)).map { _ in
      LastNamesQuery.Moment(
        customer: random.pick(["u1", "u2", "u3", "u0", "v", ""]),
        Instant(microseconds: minute(.random(in: -2...14, using: &random))))
    }
    return LastNamesQuery(
      moments + moments.prefix(2), naming: .random(using: &random),
      within: random.pick([.days(30), .minutes(0), .minutes(2), .minutes(5)]))
  }

  @Test(arguments: 0..<6) func definition(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for number in 0..<400 {
      let rows = RandomJourneys([.orderColumn], using: &random).rows
      let query = query(using: &random)
      let expected = definedLastNames(rows, query)
      for engine in try engines(rows, parted: 4, using: &random) {
        try #require(try engine.lastNames(query, Run()) == expected, "store \(number): \(rows) \(query)")
      }
    }
  }

  /// Many customers, so that there are several blocks, in few buckets and many.
  @Test(arguments: [1, 8]) func `blocks of many customers`(buckets: Int) throws {
    var random = SeededRandom(seed: 7)
    let rows = (0..<90_000).map { _ in
      EventRow(
        customer: "c\(random.next(9_000))", instant: minute(.random(in: 0...100_000, using: &random)),
        name: random.pick(["A", "B", "C"]))
    }
    let naming = Naming(
      .touchpoints,
      rules: [
        Naming.Rule(name: "one", patterns: [EventPattern(event: "A")]),
        Naming.Rule(name: "two", patterns: [EventPattern(event: "B"), EventPattern(event: "A")]),
      ])
    let moments = (0..<3_000).map { _ in
      LastNamesQuery.Moment(
        customer: "c\(random.next(10_000))", Instant(microseconds: minute(.random(in: 0...120_000, using: &random))))
    }
    let query = LastNamesQuery(moments, naming: naming)
    let engine = EmbeddedEngine(EventStore(rows: rows, buckets: buckets), threads: 2)
    #expect(try engine.lastNames(query, Run()) == definedLastNames(rows, query))
  }

  @Test func `a rule may ask what every event has`() throws {
    let scope = Scope(builtins: [Builtin("hour", .hour)])
    let condition = Condition.test(PropertyTest("hour", .oneOf([.text("1")])))
    let naming = Naming(
      .touchpoints, rules: [Naming.Rule(name: "late", patterns: [EventPattern(event: nil, condition: condition)])])
    let rows = [0, 60, 120].map { EventRow(customer: "u", instant: minute($0), name: "A") }
    let moment = LastNamesQuery.Moment(customer: "u", Instant(microseconds: minute(500)))
    let engine = EmbeddedEngine(rows)
    #expect(
      try engine.lastNames(LastNamesQuery([moment], naming: naming, scope: scope), Run()).names == ["late"])
  }

  @Test func `moments at the ends of time are no trap`() throws {
    let rows = [Int64.min, .max].map { EventRow(customer: "u", instant: $0, name: "A") }
    let naming = Naming(.touchpoints, rules: [Naming.Rule(name: "one", patterns: [EventPattern(event: nil)])])
    let moments = [Int64.min, 0, .max].map { LastNamesQuery.Moment(customer: "u", Instant(microseconds: $0)) }
    let found = try EmbeddedEngine(rows).lastNames(LastNamesQuery(moments, naming: naming), Run())
    #expect(found.names == ["one", nil, "one"])
  }
}
