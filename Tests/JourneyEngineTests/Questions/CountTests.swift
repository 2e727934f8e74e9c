import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import Testing

/// A count by its definition: every event looked at by itself.
struct DefinedCount {
  let rows: [EventRow]
  let query: CountQuery

  var report: CountReport {
    let instants = rows.map(\.instant)
    let events = events(during: query.during)
    var report = CountReport(total: row(events))
    if let first = instants.min(), let last = instants.max() {
      report.span = Instant(microseconds: first)...Instant(microseconds: last)
    }
    report.versus = query.versus.map { row(self.events(during: $0)) }
    guard query.breakdown != nil || query.per != nil else { return report }
    let periods = periods(of: events)
    for group in groups(of: events) {
      for period in periods {
        let inside = group.events.filter { period == nil || start(of: $0) == period }
        report.rows.append(row(inside, group.key, group.isOther, period))
      }
    }
    return report
  }

  private func row(_ events: [EventRow], _ key: [String?] = [], _ isOther: Bool = false, _ period: Instant? = nil)
    -> CountReport.Row
  {
    CountReport.Row(
      key: key, isOther: isOther, period: period.flatMap { query.per?.label(of: $0, in: query.zone) },
      events: events.count, customers: Set(events.map(\.customer)).count)
  }

  private func events(during: Range<Instant>?) -> [EventRow] {
    journeys(of: rows).filter { journey in query.people.map { truth(of: $0, on: journey.events) == true } ?? true }
      .flatMap(\.events).filter { row in
        (query.step.map { matches($0, row) } ?? true)
          && (query.filter.map { truth(of: $0, on: row) == true } ?? true)
          && (during?.contains(Instant(microseconds: row.instant)) ?? true)
      }
  }

  private func start(of row: EventRow) -> Instant? {
    query.per?.start(of: Instant(microseconds: row.instant), in: query.zone)
  }

  /// Starts of the units to show; one nil without `per`.
  private func periods(of events: [EventRow]) -> [Instant?] {
    guard let unit = query.per else { return [nil] }
    let starts = events.compactMap(start)
    let first = query.during.map { unit.start(of: $0.lowerBound, in: query.zone) } ?? starts.min()
    let end = query.during?.upperBound ?? starts.max().map { $0.advanced(by: Duration(microseconds: 1)) }
    guard var next = first, let end, query.during?.isEmpty != true else { return [] }
    var periods: [Instant?] = []
    while next < end {
      periods.append(next)
      next = unit.start(1, after: next, in: query.zone)
    }
    return periods
  }

  private func groups(of events: [EventRow]) -> [(key: [String?], isOther: Bool, events: [EventRow])] {
    guard let breakdown = query.breakdown else { return [([], false, events)] }
    let whole = Dictionary(uniqueKeysWithValues: journeys(of: rows).map { ($0.customer, $0.events) })
    let keyed = Dictionary(grouping: events) { row in
      breakdown.keys.map { key -> String? in
        switch key {
        case .property(let name): row.value(of: name)?.text
        case .people(let named): named.first { truth(of: $0.people, on: whole[row.customer] ?? []) == true }?.name
        }
      }
    }
    let named = keyed.filter { $0.key.contains { $0 != nil } }.sorted { left, right in
      left.value.count != right.value.count ? left.value.count > right.value.count : precedes(left.key, right.key)
    }
    let none = breakdown.keys.map { _ in nil as String? }
    var groups = named.prefix(breakdown.top).map { (key: $0.key, isOther: false, events: $0.value) }
    let rest = named.dropFirst(breakdown.top).flatMap(\.value)
    if !rest.isEmpty { groups.append((none, true, rest)) }
    if let missing = keyed[none] { groups.append((none, false, missing)) }
    return groups
  }
}

@Suite struct CountTests {
  @Test(arguments: 0..<4) func `the rows are those of looking at every event`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    for number in 0..<400 {
      let journeys = RandomJourneys([.orderColumn], using: &random)
      let query = CountQuery.random(using: &random)
      let expected = DefinedCount(rows: journeys.rows, query: query).report
      for (buckets, threads) in [(1, 1), (4, 2)] {
        let engine = EmbeddedEngine(EventStore(rows: journeys.rows, buckets: buckets), threads: threads)
        try #require(try engine.count(query, Run()) == expected, "store \(number): \(journeys.rows) \(query)")
      }
    }
  }

  @Test func `a customer in several small groups is one customer of the rest`() throws {
    let rows = journey("A0(x) A1(x) A2(y) A3(z)") + journey("A0(x)", of: "u2")
    let breakdown = Breakdown(keys: [.property("item")], names: ["item"], top: 1)
    let report = try EmbeddedEngine(rows).count(CountQuery(breakdown: breakdown), Run())
    #expect(report.rows.map(\.key) == [["x"], [nil]])
    #expect(report.rows.map(\.events) == [3, 2])
    #expect(report.rows.map(\.customers) == [2, 1])
  }

  @Test func `units too many to tell apart are refused`() {
    let rows = [
      EventRow(customer: "u", instant: 0, name: "A"), EventRow(customer: "u", instant: minute(600_000_000), name: "A"),
    ]
    #expect(throws: ExecutionError.limit("at most 1000000 units of 'per'")) {
      try EmbeddedEngine(rows).count(CountQuery(per: .hour), Run())
    }
  }
}

extension CountQuery {
  static func random(using random: inout SeededGenerator) -> CountQuery {
    var query = CountQuery()
    if random.one(in: 2) { query.step = .random(using: &random) }
    if random.one(in: 3) { query.filter = .random(depth: 1, using: &random) }
    if random.one(in: 3) { query.people = .random(depth: 1, using: &random) }
    if random.one(in: 2) { query.breakdown = .random(steps: 1, using: &random) }
    if random.one(in: 3) { query.during = .random(using: &random) }
    if random.one(in: 3) { query.versus = .random(using: &random) }
    if random.one(in: 3) { query.per = random.pick([.hour, .day, .month]) }
    return query
  }
}
