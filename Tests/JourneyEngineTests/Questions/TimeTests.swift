import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import Testing

/// Times by their definition: the complete chains of a search over all chains, sorted and looked up.
struct DefinedTime {
  let funnel: DefinedFunnel
  private var query: FunnelQuery { funnel.query }
  private var required: Int { query.order == .any ? query.path.steps.count : query.requiredSteps }

  var report: TimeReport {
    let units = funnel.units(during: query.during)
    let complete = units.filter { $0.depth == required }
    let whole = funnel.report
    return TimeReport(
      total: group(complete), groups: query.breakdown.map { groups(complete, $0) } ?? [],
      periods: query.per.map { periods(complete, of: complete, $0) } ?? [],
      versus: query.versus.map { during in group(funnel.units(during: during).filter { $0.depth == required }) },
      histogram: histogram(complete.map(length)), entered: units.count,
      unfinished: units.count(where: \.isUnfinished), span: whole.span, peopleAsked: whole.peopleAsked)
  }

  private func start(_ unit: DefinedUnit) -> Int64 { unit.journey[unit.chain.events[0]].instant }

  private func length(_ unit: DefinedUnit) -> Int64 {
    ChainDefinition(query: query, journey: unit.journey).arrival(unit.chain) - start(unit)
  }

  private func group(_ units: [DefinedUnit], _ key: [String?] = [], isOther: Bool = false) -> TimeGroup {
    TimeGroup(key: key, isOther: isOther, count: units.count, spread: Self.spread(units.map(length)))
  }

  static func spread(_ lengths: [Int64]) -> TimeSpread? {
    let sorted = lengths.sorted()
    guard let least = sorted.first, let most = sorted.last else { return nil }
    func quantile(_ tenths: Int) -> Duration {
      let (rank, rest) = ((sorted.count - 1) * tenths / 10, Int64((sorted.count - 1) * tenths % 10))
      let next = min(rank + 1, sorted.count - 1)
      return Duration(microseconds: (sorted[rank] * (10 - rest) + sorted[next] * rest) / 10)
    }
    return TimeSpread(
      min: Duration(microseconds: least), p10: quantile(1), median: quantile(5), p90: quantile(9),
      max: Duration(microseconds: most),
      mean: Duration(microseconds: sorted.reduce(0, +) / Int64(sorted.count)))
  }

  private func histogram(_ lengths: [Int64]) -> [TimeBin] {
    var bins: [TimeBin] = []
    for (index, start) in TimeBin.starts.enumerated() {
      let end = index + 1 < TimeBin.starts.count ? TimeBin.starts[index + 1] : nil
      let inside = lengths.filter { length in
        length >= start.microseconds && length < end?.microseconds ?? .max
      }
      bins.append(TimeBin(start: start, end: end, count: inside.count))
    }
    let trimmed = bins.drop { $0.count == 0 }.reversed().drop { $0.count == 0 }
    return trimmed.reversed()
  }

  private func groups(_ units: [DefinedUnit], _ breakdown: Breakdown) -> [TimeGroup] {
    let keyed = Dictionary(grouping: units) { unit in
      breakdown.keys.map { key -> String? in
        switch key {
        case .property(let name):
          unit.chain.event(at: breakdown.step).flatMap { unit.journey[$0].value(of: name)?.text }
        case .people(let named): named.first { truth(of: $0.people, on: unit.customerJourney) == true }?.name
        }
      }
    }
    let named = keyed.filter { $0.key.contains { $0 != nil } }.sorted { left, right in
      left.value.count != right.value.count ? left.value.count > right.value.count : precedes(left.key, right.key)
    }
    let none = breakdown.keys.map { _ in nil as String? }
    let rest = named.dropFirst(breakdown.top).flatMap(\.value)
    func whole(_ inside: [DefinedUnit], _ key: [String?], isOther: Bool = false) -> TimeGroup {
      var found = group(inside, key, isOther: isOther)
      found.periods = query.per.map { periods(inside, of: units, $0) } ?? []
      return found
    }
    return named.prefix(breakdown.top).map { whole($0.value, $0.key) }
      + (rest.isEmpty ? [] : [whole(rest, none, isOther: true)]) + (keyed[none].map { [whole($0, none)] } ?? [])
  }

  /// The periods of all units, with some of these.
  private func periods(_ some: [DefinedUnit], of units: [DefinedUnit], _ unit: CalendarUnit) -> [TimePeriod] {
    let starts = units.map { Instant(microseconds: start($0)) }
    let first = query.during?.lowerBound ?? starts.min()
    let last = query.during.map { Instant(microseconds: $0.upperBound.microseconds - 1) } ?? starts.max()
    guard let first, let last, first <= last else { return [] }
    var periods: [TimePeriod] = []
    var next = unit.start(of: first, in: query.zone)
    while next <= last {
      let inside = some.filter { unit.start(of: Instant(microseconds: start($0)), in: query.zone) == next }
      periods.append(TimePeriod(start: next, label: unit.label(of: next, in: query.zone), group: group(inside)))
      next = unit.start(1, after: next, in: query.zone)
    }
    return periods
  }
}

@Suite struct TimeTests {
  static let families: [FunnelFamily] = [
    FunnelFamily([], seed: 1), FunnelFamily([.window, .optional], seed: 2),
    FunnelFamily([.breakdown, .people, .filter], seed: 3), FunnelFamily([.per, .during, .versus, .window], seed: 4),
    FunnelFamily([.anyOrder, .window, .breakdown, .per], seed: 5),
    FunnelFamily([.entries, .window, .holding, .per], seed: 6),
    FunnelFamily([.sessions, .next, .without, .orderColumn], seed: 7),
    FunnelFamily(Set(FunnelClause.allCases), seed: 8),
  ]

  /// 400 stores for each of 8 families: 3,200.
  @Test(arguments: families) func `times are those of the chains of a search over all`(family: FunnelFamily) throws {
    var random = SeededGenerator(seed: family.seed)
    for number in 0..<400 {
      let journeys = RandomJourneys(family.clauses, using: &random)
      let query = FunnelQuery.random(family.clauses, using: &random)
      let session = journeys.hasSessions ? "visit" : nil
      let expected = DefinedTime(funnel: DefinedFunnel(rows: journeys.rows, query: query, session: session)).report
      for (buckets, threads) in [(1, 1), (4, 2)] {
        let engine = EmbeddedEngine(
          EventStore(rows: journeys.rows, buckets: buckets, session: session), threads: threads)
        try #require(try engine.time(query, Run()) == expected, "store \(number): \(journeys.rows) \(query)")
      }
    }
  }

  @Test(arguments: 1...40) func `quantiles lie between their neighbours, rounded down`(count: Int) throws {
    var random = SeededGenerator(seed: UInt64(count))
    let lengths = (0..<count).map { _ in Int64.random(in: 0...1_000, using: &random) }
    let rows = lengths.enumerated().flatMap { index, length in
      ["A", "B"].map { EventRow(customer: "u\(index)", instant: $0 == "A" ? 0 : length, name: $0) }
    }
    let report = try EmbeddedEngine(rows).time(funnel("A -> B"), Run())
    #expect(report.total.spread == DefinedTime.spread(lengths))
  }

  @Test func `a time on a boundary lies in the bin that begins there`() throws {
    let rows = journey("A0 B1") + journey("A0 B5", of: "u2") + journey("A0", of: "u3")
    let report = try EmbeddedEngine(rows).time(funnel("A -> B"), Run())
    #expect(report.histogram.map(\.start) == [.minutes(1), .minutes(2), .minutes(5)])
    #expect(report.histogram.map(\.end) == [.minutes(2), .minutes(5), .minutes(15)])
    #expect(report.histogram.map(\.count) == [1, 0, 1])
    #expect(report.entered == 3 && report.unfinished == 1)
    #expect(report.total.spread?.mean == .minutes(3))
  }
}
