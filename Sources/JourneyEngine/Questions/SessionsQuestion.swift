import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// Sessions, their lengths and sizes. Throws `limit` for too many periods.
  public func sessions(_ query: SessionsQuery, _ run: Run) throws(ExecutionError) -> SessionsReport {
    let found = try grouped(
      query, run, in: SessionsTally.self, size: { $0.reduce(0) { $0 + $1.sessions } }, row: Self.row)
    var report = SessionsReport(total: found.total, span: span)
    (report.rows, report.versus) = (found.rows, found.versus)
    return report
  }

  private static func row(_ group: GroupOrder.Group, _ period: String?, _ cell: SessionsTally.Cell)
    -> SessionsReport.Row
  {
    SessionsReport.Row(
      key: group.key, isOther: group.isOther, period: period, sessions: cell.sessions, customers: cell.customers,
      events: cell.events, bounces: cell.bounces, medianLength: cell.medianLength, meanLength: cell.meanLength)
  }
}

extension SessionsQuery: GroupedQuery {}
