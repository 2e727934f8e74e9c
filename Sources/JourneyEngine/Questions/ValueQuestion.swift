import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// What customers bring, in all and each. Throws `limit` for too many periods.
  public func value(_ query: ValueQuery, _ run: Run) throws(ExecutionError) -> ValueReport {
    let calendar = try query.per.map { unit throws(ExecutionError) in
      try PeriodCalendar(unit, query.zone, during: query.during, found: store.span)
    }
    let parts = try tallies(query, calendar, run)
    var report = ValueReport(total: Self.total(parts), span: span)
    if query.breakdown != nil || query.per != nil {
      let table = try GroupTable(
        parts, by: query.breakdown, width: calendar.width, in: store.schema,
        size: { $0.flatMap(\.values).sorted().reduce(0, +) }
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
    _ query: ValueQuery, _ calendar: PeriodCalendar?, _ run: Run, _ regrouping: Regrouping? = nil
  ) throws(ExecutionError) -> [ValueTally] {
    try store.scan(threads: threads, run, part: { ValueTally(query, calendar, in: store.schema, regrouping) }) {
      part, bucket, customers in
      part.read(customers, of: bucket)
    }
  }

  private static func total(_ parts: [ValueTally]) -> ValueReport.Row {
    var whole = ValueTally.Cell()
    for part in parts { whole.absorb(part.total) }
    return row(GroupOrder.Group(key: [], isOther: false), nil, whole)
  }

  private static func row(_ group: GroupOrder.Group, _ period: String?, _ cell: ValueTally.Cell) -> ValueReport.Row {
    let sorted = cell.values.sorted()
    let total = sorted.reduce(0, +)
    return ValueReport.Row(
      key: group.key, isOther: group.isOther, period: period, customers: sorted.count, total: total,
      mean: sorted.isEmpty ? nil : total / Double(sorted.count), median: quantile(5, of: sorted),
      p90: quantile(9, of: sorted))
  }

  /// The quantile of so many tenths by the R-7 rule: linear between the values around rank (n − 1)·q. Nil of nothing.
  private static func quantile(_ tenths: Int, of sorted: [Double]) -> Double? {
    guard let last = sorted.last else { return nil }
    let (rank, rest) = ((sorted.count - 1) * tenths).quotientAndRemainder(dividingBy: 10)
    let low = sorted[rank]
    let high = rank + 1 < sorted.count ? sorted[rank + 1] : last
    return low + (high - low) * (Double(rest) / 10)
  }
}
