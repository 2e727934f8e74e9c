import EventStore
import JourneyQuery

/// Makes the rows of a value answer from what all threads found.
///
/// Sums of floating-point numbers depend on their order. A customer's events are added in canonical order, and what comes
/// from different customers is sorted first, so that no sum depends on which thread read what.
struct ValueSummary {
  let query: ValueQuery
  let schema: StoreSchema
  let calendar: PeriodCalendar?
  let parts: [ValueTally]

  var total: ValueReport.Row {
    row(of: parts.flatMap(\.values), GroupOrder.Group(key: [], isOther: false), period: nil)
  }

  /// Groups in the order to show, within each the periods in time order: from the first with a value to the last or,
  /// with `during`, all of it.
  var rows: [ValueReport.Row] {
    var keys = GroupKeys()
    let nodes = parts.map { keys.absorb($0.groupKeys) }
    var groups = [GroupOrder.Group(key: [], isOther: false)]
    var order: GroupOrder?
    if let breakdown = query.breakdown, !breakdown.keys.isEmpty {
      let ordered = GroupOrder(keys, sizes: sizes(keys.count, nodes), breakdown, in: schema)
      groups = ordered.groups
      order = ordered
    }
    let periods = shownPeriods
    var cells = [(values: [Double], last: Int)](repeating: ([], -1), count: groups.count * periods.count)
    var customersBefore = 0
    for (part, nodes) in zip(parts, nodes) {
      for record in part.records {
        let group = order.map { $0.place[nodes[record.node]] } ?? 0
        let cell = group * periods.count + record.period - periods.lowerBound
        let customer = customersBefore + record.customer
        if cells[cell].last != customer { cells[cell].values.append(0) }
        cells[cell].values[cells[cell].values.count - 1] += record.value
        cells[cell].last = customer
      }
      customersBefore += part.values.count
    }
    return cells.indices.map { index in
      row(
        of: cells[index].values, groups[index / periods.count],
        period: calendar?.label(of: periods.lowerBound + index % periods.count))
    }
  }

  /// The total of each node; nil for those without a value.
  private func sizes(_ count: Int, _ nodes: [[Int]]) -> [Double?] {
    var values = [[Double]](repeating: [], count: count)
    for (part, nodes) in zip(parts, nodes) {
      for record in part.records { values[nodes[record.node]].append(record.value) }
    }
    return values.map { $0.isEmpty ? nil : $0.sorted().reduce(0, +) }
  }

  private func row(of values: [Double], _ group: GroupOrder.Group, period: String?) -> ValueReport.Row {
    let sorted = values.sorted()
    let total = sorted.reduce(0, +)
    return ValueReport.Row(
      key: group.key, isOther: group.isOther, period: period, customers: sorted.count, total: total,
      mean: sorted.isEmpty ? nil : total / Double(sorted.count), median: quantile(5, of: sorted),
      p90: quantile(9, of: sorted))
  }

  /// The quantile of so many tenths by the R-7 rule: linear between the values around rank (n − 1)·q. Nil of nothing.
  private func quantile(_ tenths: Int, of sorted: [Double]) -> Double? {
    guard let last = sorted.last else { return nil }
    let (rank, rest) = ((sorted.count - 1) * tenths).quotientAndRemainder(dividingBy: 10)
    let low = sorted[rank]
    let high = rank + 1 < sorted.count ? sorted[rank + 1] : last
    return low + (high - low) * (Double(rest) / 10)
  }

  private var shownPeriods: Range<Int> {
    guard let calendar else { return 0..<1 }
    if query.during != nil { return 0..<calendar.count }
    let found = parts.lazy.flatMap(\.records).map(\.period)
    guard let first = found.min(), let last = found.max() else { return 0..<0 }
    return first..<last + 1
  }
}
