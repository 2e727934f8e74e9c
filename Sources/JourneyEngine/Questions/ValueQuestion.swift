import EventStore
import JourneyQuery
import JourneyTime

extension EmbeddedEngine {
  /// What customers bring, in all and each. Throws `limit` for too many periods.
  public func value(_ query: ValueQuery, _ run: Run) throws(ExecutionError) -> ValueReport {
    let found = try grouped(
      query, run, in: ValueTally.self, size: { $0.flatMap(\.values).sorted().reduce(0, +) }, row: Self.row)
    var report = ValueReport(total: found.total, span: span)
    (report.rows, report.versus) = (found.rows, found.versus)
    return report
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

extension ValueQuery: GroupedQuery {}
