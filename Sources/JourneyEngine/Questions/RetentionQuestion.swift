import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// Cohorts and who of them returned. Throws `limit` for a unit so short that the cells are too many.
  public func retention(_ query: RetentionQuery, _ run: Run) throws(ExecutionError) -> RetentionReport {
    let calendar = try PeriodCalendar(query.unit, query.scope.zone, during: nil, found: store.span)
    let store = try deriving(query.scope).store
    let parts = try store.scan(
      threads: threads, run, part: { RetentionTally(query, calendar, in: store.schema) }
    ) { part, bucket, customers in
      part.read(customers, of: bucket)
    }
    let summary = RetentionSummary(
      query: query, schema: store.schema, calendar: calendar, parts: parts.map { $0.settled() })
    return RetentionReport(
      try summary.total, groups: try summary.groups,
      basis: Basis(span: span, people: parts.reduce(0) { $0 + $1.asked }))
  }
}
