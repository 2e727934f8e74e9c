import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// Sessions, their lengths and sizes. Throws `limit` for too many periods.
  public func sessions(_ query: SessionsQuery, _ run: Run) throws(ExecutionError) -> SessionsReport {
    let calendar = try query.per.map { unit throws(ExecutionError) in
      try PeriodCalendar(unit, query.zone, during: query.during, found: store.span)
    }
    let summary = SessionsSummary(
      query: query, schema: store.schema, calendar: calendar, parts: try tallies(query, calendar, run))
    var report = SessionsReport(total: summary.total, span: span)
    if query.breakdown != nil || query.per != nil { report.rows = summary.rows }
    if let versus = query.versus {
      var other = query
      (other.during, other.breakdown, other.per) = (versus, nil, nil)
      let parts = try tallies(other, nil, run)
      report.versus = SessionsSummary(query: other, schema: store.schema, calendar: nil, parts: parts).total
    }
    return report
  }

  private func tallies(_ query: SessionsQuery, _ calendar: PeriodCalendar?, _ run: Run) throws(ExecutionError)
    -> [SessionsTally]
  {
    try store.scan(threads: threads, run, part: { SessionsTally(query, calendar, in: store.schema) }) {
      part, bucket, customers in
      for customer in customers { part.read(customer, of: bucket) }
    }
  }
}
