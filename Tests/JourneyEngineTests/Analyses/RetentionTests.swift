import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

/// Retention by its definition: every customer, cohort and unit looked at by itself.
struct DefinedRetention {
  private typealias Customer = (first: EventRow, later: [EventRow], whole: [EventRow])
  let rows: [EventRow]
  let query: RetentionQuery

  var report: RetentionReport {
    let found = customers
    var report = RetentionReport(
      figures(found, within: found),
      basis: Basis(span: span(of: rows), people: asked(query.scope, of: rows).count))
    if let breakdown = query.breakdown {
      report.groups = groups(
        found.map { (breakdown.key(of: $0.first, in: $0.whole), $0) }, breakdown, size: \.count
      ).map { Slice($0.key, figures($0.items, within: found)) }
    }
    return report
  }

  /// Those who began: the first event, and what comes at later moments.
  private var customers: [Customer] {
    asked(query.scope, of: rows).compactMap { journey in
      let events = journey.events.filter(query.scope.keeps)
      let first = events.first { row in
        matches(query.start, row) && (query.scope.during?.contains(Instant(microseconds: row.instant)) ?? true)
      }
      return first.map { first in (first, events.filter { $0.moment > first.moment }, journey.events) }
    }
  }

  private func start(of row: EventRow) -> Instant {
    query.unit.start(of: Instant(microseconds: row.instant), in: query.scope.zone)
  }

  private func figures(_ members: [Customer], within all: [Customer]) -> RetentionFigures {
    var figures = RetentionFigures()
    let starts = all.map { start(of: $0.first) }
    guard var cohort = starts.min(), let last = starts.max() else { return figures }
    while cohort <= last {
      figures.cohorts.append(self.cohort(cohort, members.filter { start(of: $0.first) == cohort }))
      cohort = query.unit.start(1, after: cohort, in: query.scope.zone)
    }
    return figures
  }

  /// Of what the rows can tell.
  private var end: Instant {
    let (zone, last) = (query.scope.zone, Instant(microseconds: rows.map(\.instant).max() ?? 0))
    let areDates = rows.allSatisfy { row in
      let instant = Instant(microseconds: row.instant)
      return CalendarUnit.day.start(of: instant, in: zone) == instant
    }
    return areDates ? CalendarUnit.day.start(1, after: CalendarUnit.day.start(of: last, in: zone), in: zone) : last
  }

  private func cohort(_ start: Instant, _ members: [Customer]) -> RetentionFigures.Cohort {
    let end = end
    var cohort = RetentionFigures.Cohort(
      start: start, label: query.unit.label(of: start, in: query.scope.zone), customers: members.count, returned: [])
    var unit = start
    while query.unit.start(1, after: unit, in: query.scope.zone) <= end {
      cohort.returned.append(
        members.count { $0.later.contains { self.start(of: $0) == unit && matches(query.returning, $0) } })
      unit = query.unit.start(1, after: unit, in: query.scope.zone)
    }
    return cohort
  }
}

@Suite struct RetentionTests {
  @Test(arguments: 0..<5) func `the cohorts are those of looking at every customer`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for number in 0..<500 {
      var journeys = RandomJourneys([.orderColumn], using: &random)
      // Minutes become hours, so that journeys cross hours, days and weeks.
      let factor: Int64 = random.pick([1, 20, 60, 600])
      for index in journeys.rows.indices { journeys.rows[index].instant *= factor }
      let query = RetentionQuery.random(factor: factor, using: &random)
      let expected = DefinedRetention(rows: journeys.rows, query: query).report
      for engine in try engines(journeys.rows, using: &random) {
        try #require(try engine.retention(query, Run()) == expected, "store \(number): \(journeys.rows) \(query)")
      }
    }
  }

  private func hourly(_ rows: [EventRow]) throws -> RetentionReport {
    let query = RetentionQuery(start: step("A"), returning: step("B"), unit: .hour)
    return try EmbeddedEngine(rows).retention(query, Run())
  }

  @Test func `a return at the moment of the first event is none, the next one is`() throws {
    let report = try hourly(journey("A5 B5") + journey("A5 B6 B7", of: "u2") + journey("C130", of: "u3"))
    #expect(report.total.figures.cohorts.map(\.customers) == [2])
    #expect(report.total.figures.cohorts.map(\.returned) == [[1, 0]])
  }

  @Test func `an hour that ends with the last event is observed, one that ends after it is not`() throws {
    #expect(
      try hourly(journey("A5 B65") + journey("C120", of: "u2")).total.figures.cohorts.map(\.returned) == [[0, 1]])
    #expect(try hourly(journey("A5 B65") + journey("C119", of: "u2")).total.figures.cohorts.map(\.returned) == [[0]])
  }

  @Test func `the average weighs cohorts by size and leaves out those not observed`() throws {
    let rows = journey("A0 B61") + journey("A60 B125", of: "u2") + journey("A61", of: "u3")
    let total = try hourly(rows + journey("A130", of: "u4") + journey("C180", of: "u5")).total.figures
    #expect(total.cohorts.map(\.returned) == [[0, 1, 0], [0, 1], [0]])
    #expect(total.whole(after: 1) == (2, 3))
    #expect(total.whole(after: 9) == (0, 0))
  }

  @Test func `cells too many to show are refused`() {
    let rows = journey("A0") + journey("A600000", of: "u2")
    #expect(throws: ExecutionError.limit(.cells(1_000_000))) { try hourly(rows) }
  }

  @Test func `a store without events has no cohorts`() throws {
    #expect(try hourly([]) == RetentionReport(RetentionFigures()))
  }
}

extension RetentionQuery {
  /// `factor` is what the instants of the store were multiplied by.
  static func random(factor: Int64, using random: inout SeededRandom) -> RetentionQuery {
    var query = RetentionQuery(
      start: .random(using: &random), returning: random.one(in: 3) ? step("*") : .random(using: &random))
    query.unit = factor == 600 ? random.pick([.day, .week, .month]) : random.pick([.hour, .hour, .day, .week])
    if random.one(in: 3) { query.scope.filter = .random(depth: 1, using: &random) }
    if random.one(in: 3) { query.scope.people = .random(depth: 1, using: &random) }
    if random.one(in: 2) { query.breakdown = .random(steps: 1, using: &random) }
    if random.one(in: 3) {
      let range = Range<Instant>.random(using: &random)
      query.scope.during =
        Instant(
          microseconds: range.lowerBound.microseconds * factor)..<Instant(
          microseconds: range.upperBound.microseconds * factor)
    }
    return query
  }
}
