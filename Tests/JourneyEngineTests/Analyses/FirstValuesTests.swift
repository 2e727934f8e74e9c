import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

/// First values by their definition: each journey is looked through from its first event.
private func definedFirst(_ property: String, of customer: String, in rows: [EventRow]) -> PropertyValue? {
  journeys(of: rows).first { $0.customer == customer }?.events.lazy.compactMap { $0.value(of: property) }.first
}

@Suite struct FirstValuesTests {
  private static let properties = ["item", "amount", "vip", "due"].map { name in
    let kinds: [String: Catalog.Property.Kind] = ["amount": .number, "vip": .truth, "due": .time]
    return Catalog.Property(name: name, kind: kinds[name] ?? .text)
  }

  /// Increasing, as queries have them: some have events, some do not.
  private func customers(using random: inout SeededRandom) -> [String] {
    ["", "u0", "u1", "u2", "u3", "v"].filter { _ in !random.one(in: 4) }
  }

  @Test(arguments: 0..<4) func definition(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for number in 0..<400 {
      let rows = RandomJourneys([.orderColumn], using: &random).rows
      let query = FirstValuesQuery(
        ["item", "nothing", "amount", "due", "vip"].filter { _ in !random.one(in: 3) },
        of: customers(using: &random))
      let expected = query.properties.map { property in
        query.customers.map { definedFirst(property, of: $0, in: rows).map(Value.init) }
      }
      for engine in try engines(rows, parted: 4, using: &random) {
        let found = try engine.firstValues(query, Run()).columns
        try #require(found == expected, "store \(number): \(rows) \(query)")
      }
    }
  }

  /// Answers asked for what events have of their customers score as those do that hold it themselves.
  @Test(arguments: 0..<4) func `answers by properties of events`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(20 + seed))
    let builtins = Self.properties.map { Builtin("event.\($0.name)", .ofEvents($0.name)) }
    for number in 0..<300 {
      let events = RandomJourneys([.orderColumn], using: &random).rows
      let answers = RandomJourneys([], using: &random).rows.map { row in
        var row = row
        row.customer = random.pick([row.customer, row.customer, "", "v"])
        row.properties = [("score", .number(random.pick([0, 3, 6, 8, 9, 10])))]
        return row
      }
      let holding = answers.map { row in
        var row = row
        row.properties += builtins.compactMap { builtin in
          let first = definedFirst(String(builtin.name.dropFirst(6)), of: row.customer, in: events)
          return first.map { (builtin.name, $0) }
        }
        return row
      }
      let names = builtins.map(\.name).shuffled(using: &random).prefix(random.pick([1, 2])).map { $0 }
      var query = ScoreQuery(.nps)
      query.split.breakdown = Breakdown(keys: names.map { .property($0) }, names: names, top: random.pick([1, 10]))
      if random.one(in: 3) { query.scope.filter = .not(.test(PropertyTest(random.pick(names), .isMissing))) }
      let expected = DefinedScore(rows: holding, query: query).report
      query.scope.builtins = builtins
      let customers = ["u1", "u2", "u3", "v"]
      for executor in try engines(events, parted: 4, using: &random) {
        let asked = FirstValuesQuery(Self.properties.map(\.name), of: customers)
        let table = PersonTable(try executor.firstValues(asked, Run()), of: customers, Self.properties)
        for buckets in [1, 4] {
          let engine = EmbeddedEngine(EventStore(rows: answers, buckets: buckets), events: table, threads: 2)
          let found = try engine.score(query, Run())
          try #require(found == expected, "store \(number): \(events) \(answers) \(query)")
        }
      }
    }
  }

  /// Many customers, so that there are several blocks, in few buckets and many.
  @Test(arguments: [1, 8]) func `blocks of many customers`(buckets: Int) throws {
    var random = SeededRandom(seed: 7)
    let rows = (0..<90_000).map { number in
      EventRow(
        customer: "c\(random.next(9_000))", instant: minute(Int64(number)), name: "A",
        properties: random.one(in: 3) ? [("item", .text(random.pick(["x", "y"])))] : [])
    }
    var expected: [String: Value] = [:]
    for row in rows where expected[row.customer] == nil {
      expected[row.customer] = row.value(of: "item").map(Value.init)
    }
    let customers = (0..<3_000).map { "c\($0 * 4)" }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let engine = EmbeddedEngine(EventStore(rows: rows, buckets: buckets), threads: 2)
    let found = try engine.firstValues(FirstValuesQuery(["item"], of: customers), Run())
    #expect(found.columns == [customers.map { expected[$0] }])
  }
}
