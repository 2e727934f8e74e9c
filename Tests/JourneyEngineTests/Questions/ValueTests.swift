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
    let instants = rows.map(\.instant)
    let events = events(during: query.during)
    var report = ValueReport(total: row([], false, nil, events.map(\.item)))
    if let first = instants.min(), let last = instants.max() {
      report.span = Instant(microseconds: first)...Instant(microseconds: last)
    }
    report.versus = query.versus.map { row([], false, nil, self.events(during: $0).map(\.item)) }
    let table = DefinedTable(
      items: events, breakdown: query.breakdown, unit: query.per, zone: query.zone, during: query.during)
    report.rows = table.rows(size: { $0.compactMap(number).reduce(0, +) }, row)
    return report
  }

  private func number(_ row: EventRow) -> Double? {
    guard case .number(let number)? = row.value(of: query.property) else { return nil }
    return number
  }

  /// With the journeys they are of.
  private func events(during: Range<Instant>?) -> [(item: EventRow, event: EventRow, journey: [EventRow])] {
    journeys(of: rows).filter { journey in query.people.map { truth(of: $0, on: journey.events) == true } ?? true }
      .flatMap { journey in journey.events.map { ($0, $0, journey.events) } }.filter { row, _, _ in
        number(row) != nil && (query.filter.map { truth(of: $0, on: row) == true } ?? true)
          && (during?.contains(Instant(microseconds: row.instant)) ?? true)
      }
  }

  private func row(_ key: [String?], _ isOther: Bool, _ period: String?, _ events: [EventRow]) -> ValueReport.Row {
    let values = Dictionary(grouping: events, by: \.customer).values
      .map { $0.compactMap(number).reduce(0, +) }.sorted()
    var row = ValueReport.Row(
      key: key, isOther: isOther, period: period, customers: values.count, total: values.reduce(0, +))
    if !values.isEmpty {
      row.mean = row.total / Double(values.count)
      row.median = (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
      let rank = (values.count - 1) * 9
      let (low, high) = (values[rank / 10], values[min(rank / 10 + 1, values.count - 1)])
      row.p90 = low + (high - low) * (Double(rank % 10) / 10)
    }
    return row
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
    let query = ValueQuery(property: "amount", breakdown: breakdown, per: .hour)
    let once = try EmbeddedEngine(EventStore(rows: rows, buckets: 1), threads: 1).value(query, Run())
    for threads in [1, 2, 3] {
      let store = EventStore(rows: rows, buckets: 8)
      #expect(try EmbeddedEngine(store, threads: threads).value(query, Run()) == once)
    }
  }

  @Test func `a property that is text or missing has no value`() throws {
    for name in ["item", "nothing"] {
      let report = try EmbeddedEngine(journey("A0(x)")).value(ValueQuery(property: name), Run())
      #expect(report.total == ValueReport.Row())
    }
  }
}

extension ValueQuery {
  static func random(using random: inout SeededGenerator) -> ValueQuery {
    var query = ValueQuery(property: "amount")
    if random.one(in: 3) { query.filter = .random(depth: 1, using: &random) }
    if random.one(in: 3) { query.people = .random(depth: 1, using: &random) }
    if random.one(in: 2) { query.breakdown = .random(steps: 1, using: &random) }
    if random.one(in: 3) { query.during = .random(using: &random) }
    if random.one(in: 3) { query.versus = .random(using: &random) }
    if random.one(in: 3) { query.per = random.pick([.hour, .day, .month]) }
    return query
  }
}
