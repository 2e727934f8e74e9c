import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import Testing

/// Value by its definition: the events that have the property, then the sum of each customer's.
struct DefinedValue {
  let rows: [EventRow]
  let query: ValueQuery

  var report: ValueReport {
    let people = asked(query.scope, of: rows)
    return DefinedCut(scope: query.scope, split: query.split, rows: rows, people: people.count) { during in
      placed(people, query.scope, query.split.breakdown, during: during) { number($0) != nil }
    } figures: {
      figures($0)
    }.report(size: { $0.compactMap(number).reduce(0, +) })
  }

  private func number(_ row: EventRow) -> Double? {
    guard case .number(let number)? = row.value(of: query.property) else { return nil }
    return number
  }

  private func figures(_ events: [EventRow]) -> ValueFigures {
    let values = Dictionary(grouping: events, by: \.customer).values
      .map { $0.compactMap(number).reduce(0, +) }.sorted()
    var figures = ValueFigures(customers: values.count, total: values.reduce(0, +))
    if !values.isEmpty {
      figures.mean = figures.total / Double(values.count)
      figures.median = (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
      let rank = (values.count - 1) * 9
      let (low, high) = (values[rank / 10], values[min(rank / 10 + 1, values.count - 1)])
      figures.p90 = low + (high - low) * (Double(rank % 10) / 10)
    }
    return figures
  }
}

@Suite struct ValueTests {
  @Test(arguments: 0..<5) func `the rows are those of adding up every customer`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    for number in 0..<400 {
      var journeys = RandomJourneys([.orderColumn], using: &random)
      // Some money is given back; halves add up exactly in any order.
      for index in journeys.rows.indices where random.one(in: 4) {
        journeys.rows[index].properties.append(("amount", .number(random.pick([-1, -3.5, 0]))))
      }
      let query = ValueQuery.random(using: &random)
      let expected = DefinedValue(rows: journeys.rows, query: query).report
      for (buckets, threads) in [(1, 1), (4, 2)] {
        let engine = EmbeddedEngine(EventStore(rows: journeys.rows, buckets: buckets), threads: threads)
        try #require(try engine.value(query, Run()) == expected, "store \(number): \(journeys.rows) \(query)")
      }
    }
  }

  @Test func `sums that round are the same however customers were found`() throws {
    var random = SeededGenerator(seed: 7)
    let rows = (0..<3_000).map { index in
      EventRow(
        customer: "u\(index % 700)", instant: minute(Int64(index)), name: "A",
        properties: [
          ("amount", .number(.random(in: -1e9...1e9, using: &random) / 3)), ("item", .text("i\(index % 13)")),
        ])
    }
    let breakdown = Breakdown(keys: [.property("item")], names: ["item"], top: 3)
    let query = ValueQuery(property: "amount", split: Split(breakdown: breakdown, per: .hour))
    let once = try EmbeddedEngine(EventStore(rows: rows, buckets: 1), threads: 1).value(query, Run())
    for threads in [1, 2, 3] {
      let store = EventStore(rows: rows, buckets: 8)
      #expect(try EmbeddedEngine(store, threads: threads).value(query, Run()) == once)
    }
  }

  @Test func `a property that is text or missing has no value`() throws {
    for name in ["item", "nothing"] {
      let report = try EmbeddedEngine(journey("A0(x)")).value(ValueQuery(property: name), Run())
      #expect(report.total == Slice(.whole, ValueFigures()))
    }
  }
}

extension ValueQuery {
  static func random(using random: inout SeededGenerator) -> ValueQuery {
    ValueQuery(property: "amount", scope: .random(using: &random), split: .random(using: &random))
  }
}
