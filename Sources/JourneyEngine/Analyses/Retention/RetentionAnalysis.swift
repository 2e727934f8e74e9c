import EventStore
import JourneyQuery
import JourneyTime

extension Executor where Self: EventPart {
  /// Cohorts and who of them returned. Throws `limit` for a unit so short that the cells are too many.
  public func retention(_ query: RetentionQuery, _ run: Run) throws(ExecutionError) -> RetentionReport {
    try answer(RetentionAnalysis(query, catalog), run)
  }
}

/// Where the last event stands at midnight, the first question is whether all do: then events are dates, and the last day is over.
struct RetentionAnalysis: Analysis {
  private(set) var question: RetentionQuestion

  init(_ query: RetentionQuery, _ catalog: Catalog) {
    let observed = catalog.microseconds
    let asksForClocks = observed.map { RetentionQuestion.isMidnight($0.upperBound, in: query.scope.zone) } ?? false
    question = RetentionQuestion(query: query, catalog: catalog, asksForClocks: asksForClocks, observed: observed)
  }

  mutating func take(_ found: RetentionPartial, _ run: Run) throws(ExecutionError) -> RetentionReport? {
    guard question.asksForClocks else {
      let summary = RetentionSummary(query: question.query, calendar: try question.calendar, found: found)
      return RetentionReport(
        try summary.total, groups: try summary.groups,
        basis: Basis(span: question.catalog.span, people: found.asked))
    }
    question.asksForClocks = false
    if found.areDates, let span = question.observed {
      let zone = question.query.scope.zone
      let day = CalendarUnit.day.start(of: Instant(microseconds: span.upperBound), in: zone)
      let end = CalendarUnit.day.start(1, after: day, in: zone).microseconds
      question.observed = span.lowerBound...max(span.upperBound, end)
    }
    return nil
  }
}

struct RetentionQuestion: PartialQuestion {
  let query: RetentionQuery
  let catalog: Catalog
  /// Whether nothing is asked but whether all events are dates without a clock.
  var asksForClocks: Bool
  /// From the first event of all to the last, in microseconds; where all are dates without a clock, to the end of the last day.
  var observed: ClosedRange<Int64>?

  var calendar: PeriodCalendar {
    get throws(ExecutionError) {
      try PeriodCalendar(query.unit, query.scope.zone, during: nil, found: observed)
    }
  }

  static func isMidnight(_ instant: Int64, in zone: Zone) -> Bool {
    zone.reading(of: Instant(microseconds: instant)).microsecond == 0
  }

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> RetentionPartial {
    if asksForClocks {
      let (buckets, zone) = (part.store.buckets, query.scope.zone)
      let areDates = part.map(count: buckets.count) { index in
        buckets[index].instants.allSatisfy { Self.isMidnight($0, in: zone) }
      }
      return RetentionPartial(areDates: areDates.allSatisfy(\.self))
    }
    let calendar = try calendar
    try run.check()
    let store = try part.reading(query.scope, catalog)
    let tallies = try store.scan(
      threads: part.threads, run, part: { RetentionTally(query, calendar, in: store.schema) }
    ) { part, bucket, customers in
      part.read(customers, of: bucket)
    }
    return RetentionPartial(tallies.map { $0.settled() }, query, calendar, in: store.schema)
  }
}

/// Who was found in the cohorts, and when they returned.
struct RetentionPartial: PartialAnswer {
  /// Whether no event has a clock, where that was asked.
  var areDates = true
  private(set) var asked = 0
  private(set) var keys = FoundKeys(count: 1)
  /// Combinations of breakdown values by the period of the first event.
  private(set) var cohorts = CellPlaces(width: 0)
  /// Parallel to `cohorts`.
  private(set) var customers: [Int] = []
  /// Places in `cohorts` by observed periods after the cohort's own (0).
  private(set) var units = CellPlaces(width: 0)
  /// Customers with a return, parallel to `units`.
  private(set) var returned: [Int] = []

  init(areDates: Bool) { self.areDates = areDates }

  /// What threads found.
  init(_ tallies: [RetentionTally], _ query: RetentionQuery, _ calendar: PeriodCalendar, in schema: StoreSchema) {
    let found = FoundGroups(tallies.map(\.groupKeys))
    asked = tallies.reduce(0) { $0 + $1.asked }
    keys = FoundKeys(found.keys, by: query.breakdown, in: schema)
    (cohorts, units) = (CellPlaces(width: calendar.count), CellPlaces(width: calendar.count))
    for (tally, numbers) in zip(tallies, found.numbers) {
      add(tally.cohorts, tally.customers, tally.units, tally.returned) { numbers[$0] }
    }
  }

  mutating func absorb(_ other: RetentionPartial) {
    areDates = areDates && other.areDates
    asked += other.asked
    let numbers = keys.absorb(other.keys)
    add(other.cohorts, other.customers, other.units, other.returned) { numbers[$0] }
  }

  private mutating func add(
    _ cohorts: CellPlaces, _ customers: [Int], _ units: CellPlaces, _ returned: [Int], key: (Int) -> Int
  ) {
    let cohortPlaces = self.cohorts.absorb(cohorts, row: key)
    self.customers.append(contentsOf: repeatElement(0, count: self.cohorts.count - self.customers.count))
    for (place, found) in zip(cohortPlaces, customers) { self.customers[place] += found }
    let unitPlaces = self.units.absorb(units) { cohortPlaces[$0] }
    self.returned.append(contentsOf: repeatElement(0, count: self.units.count - self.returned.count))
    for (place, found) in zip(unitPlaces, returned) { self.returned[place] += found }
  }
}
