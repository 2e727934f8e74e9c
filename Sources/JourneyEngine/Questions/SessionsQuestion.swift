import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// Sessions, their lengths and sizes. Throws `limit` for too many periods.
  public func sessions(_ query: SessionsQuery, _ run: Run) throws(ExecutionError) -> SessionsReport {
    let calendar = try query.per.map { unit throws(ExecutionError) in
      try PeriodCalendar(unit, query.zone, during: query.during, found: store.span)
    }
    let parts = try tallies(query, calendar, run)
    var report = SessionsReport(total: Self.total(parts), span: span)
    if query.breakdown != nil || query.per != nil {
      let table = try GroupTable(
        parts, by: query.breakdown, width: calendar.width, in: store.schema,
        size: { $0.reduce(0) { $0 + $1.sessions } }
      ) { regrouping throws(ExecutionError) in try tallies(query, calendar, run, regrouping) }
      report.rows = table.rows(per: calendar, isWhole: query.during != nil, Self.row)
    }
    if let versus = query.versus {
      var other = query
      (other.during, other.breakdown, other.per) = (versus, nil, nil)
      report.versus = Self.total(try tallies(other, nil, run))
    }
    return report
  }

  private func tallies(
    _ query: SessionsQuery, _ calendar: PeriodCalendar?, _ run: Run, _ regrouping: Regrouping? = nil
  ) throws(ExecutionError) -> [SessionsTally] {
    try store.scan(threads: threads, run, part: { SessionsTally(query, calendar, in: store.schema, regrouping) }) {
      part, bucket, customers in
      part.read(customers, of: bucket)
    }
  }

  private static func total(_ parts: [SessionsTally]) -> SessionsReport.Row {
    var whole = SessionsTally.Cell()
    for part in parts { whole.absorb(part.total) }
    return row(GroupOrder.Group(key: [], isOther: false), nil, whole)
  }

  private static func row(_ group: GroupOrder.Group, _ period: String?, _ cell: SessionsTally.Cell)
    -> SessionsReport.Row
  {
    SessionsReport.Row(
      key: group.key, isOther: group.isOther, period: period, sessions: cell.sessions, customers: cell.customers,
      events: cell.events, bounces: cell.bounces, medianLength: cell.medianLength, meanLength: cell.meanLength)
  }
}
