import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// Counts events and the customers who have them. Throws `limit` for too many periods.
  public func count(_ query: CountQuery, _ run: Run) throws(ExecutionError) -> CountReport {
    let calendar = try query.per.map { unit throws(ExecutionError) in
      try PeriodCalendar(unit, query.zone, during: query.during, found: store.span)
    }
    let parts = try tallies(query, calendar, run)
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

  private static func total(_ parts: [CountTally]) -> CountReport.Row {
    CountReport.Row(events: parts.reduce(0) { $0 + $1.events }, customers: parts.reduce(0) { $0 + $1.customers })
  }
}
