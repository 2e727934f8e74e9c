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

  /// Throws `limit` for too many units.
  init(_ query: RetentionQuery, _ catalog: Catalog) throws(ExecutionError) {
    let span = catalog.microseconds
    let mayBeDates = span.map { RetentionQuestion.isMidnight($0.upperBound, in: query.scope.zone) } ?? false
    question = RetentionQuestion(
      query: query, catalog: catalog,
      calendar: mayBeDates ? nil : try PeriodCalendar(query.unit, query.scope.zone, during: nil, found: span))
  }

  mutating func take(_ found: RetentionPartial, _ run: Run) throws(ExecutionError) -> RetentionReport? {
    let (query, catalog) = (question.query, question.catalog)
    if let calendar = question.calendar {
      let summary = RetentionSummary(query: query, calendar: calendar, found: found)
      return RetentionReport(
        try summary.total, groups: try summary.groups, basis: Basis(span: catalog.span, people: found.asked))
    }
    var observed = catalog.microseconds
    if found.areDates, let span = observed {
      let day = CalendarUnit.day.start(of: Instant(microseconds: span.upperBound), in: query.scope.zone)
      let end = CalendarUnit.day.start(1, after: day, in: query.scope.zone).microseconds
      observed = span.lowerBound...max(span.upperBound, end)
    }
    question = RetentionQuestion(
      query: query, catalog: catalog,
      calendar: try PeriodCalendar(query.unit, query.scope.zone, during: nil, found: observed))
    return nil
  }
}

struct RetentionQuestion: PartialQuestion {
  let query: RetentionQuery
  let catalog: Catalog
  /// From the unit of the first event of all to that of the last, or where all are dates without a clock, of the end of the last day. Nil where
  /// nothing is asked but whether they are.
  let calendar: PeriodCalendar?

  static func isMidnight(_ instant: Int64, in zone: Zone) -> Bool {
    zone.reading(of: Instant(microseconds: instant)).microsecond == 0
  }

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> RetentionPartial {
    guard let calendar else {
      let (buckets, zone) = (part.store.buckets, query.scope.zone)
      let areDates = part.map(count: buckets.count) { index in
        buckets[index].instants.allSatisfy { Self.isMidnight($0, in: zone) }
      }
      return RetentionPartial(areDates: areDates.allSatisfy(\.self))
    }
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
