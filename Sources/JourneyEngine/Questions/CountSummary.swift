import EventStore
import JourneyQuery

/// Makes the rows of a count from what all threads counted.
struct CountSummary {
  let query: CountQuery
  let schema: StoreSchema
  let calendar: PeriodCalendar?
  let parts: [CountTally]

  /// Groups in the order to show, within each the periods in time order: from the first with an event to the last or,
  /// with `during`, all of it.
  var rows: [CountReport.Row] {
    var keys = GroupKeys()
    let nodes = parts.map { keys.absorb($0.groupKeys) }
    var groups = [GroupOrder.Group(key: [], isOther: false)]
    var order: GroupOrder?
    if let breakdown = query.breakdown, !breakdown.keys.isEmpty {
      var sizes = [Int](repeating: 0, count: keys.count)
      for (part, nodes) in zip(parts, nodes) {
        for record in part.records { sizes[nodes[record.node]] += record.events }
      }
      let ordered = GroupOrder(keys, sizes: sizes, breakdown, in: schema)
      groups = ordered.groups
      order = ordered
    }
    let periods = shownPeriods
    var cells = [(events: Int, customers: Int, last: Int)](
      repeating: (0, 0, -1), count: groups.count * periods.count)
    var customersBefore = 0
    for (part, nodes) in zip(parts, nodes) {
      for record in part.records {
        let group = order.map { $0.place[nodes[record.node]] } ?? 0
        let cell = group * periods.count + record.period - periods.lowerBound
        cells[cell].events += record.events
        let customer = customersBefore + record.customer
        if cells[cell].last != customer { cells[cell].customers += 1 }
        cells[cell].last = customer
      }
      customersBefore += part.customers
    }
    return cells.indices.map { index in
      let group = groups[index / periods.count]
      return CountReport.Row(
        key: group.key, isOther: group.isOther,
        period: calendar?.label(of: periods.lowerBound + index % periods.count), events: cells[index].events,
        customers: cells[index].customers)
    }
  }

  private var shownPeriods: Range<Int> {
    guard let calendar else { return 0..<1 }
    if query.during != nil { return 0..<calendar.count }
    let found = parts.lazy.flatMap(\.records).map(\.period)
    guard let first = found.min(), let last = found.max() else { return 0..<0 }
    return first..<last + 1
  }
}
