import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// Counts events and the customers who have them. Throws `limit` for too many periods.
  public func count(_ query: CountQuery, _ run: Run) throws(ExecutionError) -> CountReport {
    let calendar = try query.per.map { unit throws(ExecutionError) in
      try PeriodCalendar(unit, query.zone, during: query.during, found: store.span)
    }
    try run.check()
    let summary = summarized(query, calendar)
    let parts = if let summary { [summary] } else { try tallies(query, calendar, run) }
    var report = CountReport(total: Self.total(parts), span: span)
    if query.breakdown != nil || query.per != nil {
      let table = try GroupTable(
        parts, by: query.breakdown, width: calendar.width, in: store.schema,
        size: { $0.reduce(0) { $0 + $1.events } }
      ) { regrouping throws(ExecutionError) in try tallies(query, calendar, run, regrouping) }
      report.rows = table.rows(per: calendar, isWhole: query.during != nil) { group, period, cell in
        CountReport.Row(
          key: group.key, isOther: group.isOther, period: period, events: cell.events, customers: cell.customers)
      }
    }
    if let versus = query.versus {
      let other = CountQuery(step: query.step, filter: query.filter, people: query.people, during: versus)
      report.versus = Self.total(try tallies(other, nil, run))
    }
    return report
  }

  private func tallies(
    _ query: CountQuery, _ calendar: PeriodCalendar?, _ run: Run, _ regrouping: Regrouping? = nil
  ) throws(ExecutionError) -> [CountTally] {
    try store.scan(threads: threads, run, part: { CountTally(query, calendar, in: store.schema, regrouping) }) {
      part, bucket, customers in
      part.read(customers, of: bucket)
    }
  }

  /// What the buckets' summaries say, where they say all that is asked: events of any name or of one, in all or by UTC day.
  private func summarized(_ query: CountQuery, _ calendar: PeriodCalendar?) -> CountTally? {
    guard query.filter == nil, query.people == nil, query.breakdown == nil, query.during == nil,
      query.per == nil || (query.per == .day && query.zone == .utc),
      let code = query.step.map({ store.schema.code(ofOnly: $0) }) ?? .some(nil)
    else { return nil }
    let known = store.faults?.count
    let summaries = store.buckets.filter { $0.eventCount > 0 }.compactMap { $0.daySummary }
    guard summaries.count == store.buckets.count(where: { $0.eventCount > 0 }), store.faults?.count == known else {
      return nil
    }
    return CountTally(query, calendar, in: store.schema, summaries, code: code)
  }

  private static func total(_ parts: [CountTally]) -> CountReport.Row {
    CountReport.Row(events: parts.reduce(0) { $0 + $1.events }, customers: parts.reduce(0) { $0 + $1.customers })
  }
}

extension StoreSchema {
  /// The code of the events that a step is all of; nil within where it is all events, nil where it is something else.
  fileprivate func code(ofOnly step: Step) -> Int?? {
    guard step.alternatives.count == 1, let pattern = step.alternatives.first, pattern.condition == nil else {
      return nil
    }
    guard let event = pattern.event else { return .some(nil) }
    return code(ofEvent: event).map { .some($0) }
  }
}
