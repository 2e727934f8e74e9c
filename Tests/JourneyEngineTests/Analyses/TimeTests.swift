import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

/// Times by their definition: the complete chains of a search over all chains, sorted and looked up.
struct DefinedTime {
  let funnel: DefinedFunnel
  var keepsTimes = false
  private var query: FunnelQuery { funnel.query }
  private var required: Int { query.order == .any ? query.path.steps.count : query.requiredSteps }

  var report: TimeReport {
    let units = funnel.units(during: query.scope.during)
    let cut = funnel.cut { units in
      TimeFigures(
        count: units.count, spread: Self.spread(units.map(length)),
        times: keepsTimes ? units.map(length).sorted().map { Duration(microseconds: $0) } : [])
    } where: {
      $0.depth == required
    }
    return TimeReport(
      cut: cut.report(size: \.count), histogram: histogram(units.filter { $0.depth == required }.map(length)),
      entered: units.count, unfinished: units.count(where: \.isUnfinished))
  }

  private func start(_ unit: DefinedUnit) -> Int64 { unit.journey[unit.chain.events[0]].instant }

  private func length(_ unit: DefinedUnit) -> Int64 {
    ChainDefinition(query: query, journey: unit.journey).arrival(unit.chain) - start(unit)
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
    var random = SeededRandom(seed: family.seed)
    for number in 0..<400 {
      let journeys = RandomJourneys(family.clauses, using: &random)
      let query = FunnelQuery.random(family.clauses, using: &random)
      let session = journeys.hasSessions ? "visit" : nil
      let keepsTimes = number % 2 == 0
      let expected = DefinedTime(
        funnel: DefinedFunnel(rows: journeys.rows, query: query, session: session), keepsTimes: keepsTimes
      ).report
      for engine in try engines(journeys.rows, session: session, using: &random) {
        try #require(
          try engine.time(TimeQuery(query, keepsTimes: keepsTimes), Run()) == expected,
          "store \(number): \(journeys.rows) \(query)")
      }
    }
  }

  @Test(arguments: 1...40) func `quantiles lie between their neighbours, rounded down`(count: Int) throws {
    var random = SeededRandom(seed: UInt64(count))
    let lengths = (0..<count).map { _ in Int64.random(in: 0...1_000, using: &random) }
    let rows = lengths.enumerated().flatMap { index, length in
      ["A", "B"].map { EventRow(customer: "u\(index)", instant: $0 == "A" ? 0 : length, name: $0) }
    }
    let report = try EmbeddedEngine(rows).time(TimeQuery(funnel("A -> B")), Run())
    #expect(report.cut.total.figures.spread == DefinedTime.spread(lengths))
  }

  @Test func `a time on a boundary lies in the bin that begins there`() throws {
    let rows = journey("A0 B1") + journey("A0 B5", of: "u2") + journey("A0", of: "u3")
    let report = try EmbeddedEngine(rows).time(TimeQuery(funnel("A -> B")), Run())
    #expect(report.histogram.map(\.start) == [.minutes(1), .minutes(2), .minutes(5)])
    #expect(report.histogram.map(\.end) == [.minutes(2), .minutes(5), .minutes(15)])
    #expect(report.histogram.map(\.count) == [1, 0, 1])
    #expect(report.entered == 3 && report.unfinished == 1)
    #expect(report.cut.total.figures.spread?.mean == .minutes(3))
  }
}
