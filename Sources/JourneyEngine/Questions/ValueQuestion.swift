import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// What customers bring, in all and each. Throws `limit` for too many periods.
  public func value(_ query: ValueQuery, _ run: Run) throws(ExecutionError) -> ValueReport {
    let calendar = try query.per.map { unit throws(ExecutionError) in
      try PeriodCalendar(unit, query.zone, during: query.during, found: store.span)
    }
    let summary = ValueSummary(
      query: query, schema: store.schema, calendar: calendar, parts: try tallies(query, calendar, run))
    var report = ValueReport(total: summary.total, span: span)
    if query.breakdown != nil || query.per != nil { report.rows = summary.rows }
    if let versus = query.versus {
      var other = query
      (other.during, other.breakdown, other.per) = (versus, nil, nil)
      let parts = try tallies(other, nil, run)
      report.versus = ValueSummary(query: other, schema: store.schema, calendar: nil, parts: parts).total
    }
    return report
  }

  private func tallies(_ query: ValueQuery, _ calendar: PeriodCalendar?, _ run: Run) throws(ExecutionError)
    -> [ValueTally]
  {
    try store.scan(threads: threads, run, part: { ValueTally(query, calendar, in: store.schema) }) {
      part, bucket, customers in
      for customer in customers { part.read(customer, of: bucket) }
    }
  }
}
