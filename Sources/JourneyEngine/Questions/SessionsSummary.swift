import EventStore
import JourneyQuery
import JourneyTime

/// Makes the rows of a sessions answer from what all threads found.
struct SessionsSummary {
  let query: SessionsQuery
  let schema: StoreSchema
  let calendar: PeriodCalendar?
  let parts: [SessionsTally]

  var total: SessionsReport.Row {
    var cell = SessionsCell()
    var customersBefore = 0
    for part in parts {
      for record in part.records { cell.add(record, of: customersBefore + record.customer) }
      customersBefore += part.customers
    }
    return cell.row(key: [], isOther: false, period: nil)
  }

  /// Groups in the order to show, within each the periods in time order: from the first with a session to the last or,
  /// with `during`, all of it.
  var rows: [SessionsReport.Row] {
    var keys = GroupKeys()
    let nodes = parts.map { keys.absorb($0.groupKeys) }
    var groups = [GroupOrder.Group(key: [], isOther: false)]
    var order: GroupOrder?
    if let breakdown = query.breakdown, !breakdown.keys.isEmpty {
      var sizes = [Int](repeating: 0, count: keys.count)
      for (part, nodes) in zip(parts, nodes) {
        for record in part.records { sizes[nodes[record.node]] += 1 }
      }
      let ordered = GroupOrder(keys, sizes: sizes, breakdown, in: schema)
      groups = ordered.groups
      order = ordered
    }
    let periods = shownPeriods
    var cells = [SessionsCell](repeating: SessionsCell(), count: groups.count * periods.count)
    var customersBefore = 0
    for (part, nodes) in zip(parts, nodes) {
      for record in part.records {
        let group = order.map { $0.place[nodes[record.node]] } ?? 0
        cells[group * periods.count + record.period - periods.lowerBound]
          .add(record, of: customersBefore + record.customer)
      }
      customersBefore += part.customers
    }
    return cells.indices.map { index in
      let group = groups[index / periods.count]
      return cells[index].row(
        key: group.key, isOther: group.isOther,
        period: calendar?.label(of: periods.lowerBound + index % periods.count))
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

/// Sessions of one group and period. Records of one customer must be added without those of others between.
private struct SessionsCell {
  private var lengths: [Int64] = []
  private var length: Int128 = 0
  private var customers = 0
  private var events = 0
  private var bounces = 0
  private var lastCustomer = -1

  mutating func add(_ record: SessionsTally.Record, of customer: Int) {
    lengths.append(record.length)
    length += Int128(record.length)
    events += record.events
    if record.events == 1 { bounces += 1 }
    if lastCustomer != customer { customers += 1 }
    lastCustomer = customer
  }

  func row(key: [String?], isOther: Bool, period: String?) -> SessionsReport.Row {
    var lengths = lengths
    let mean = lengths.isEmpty ? nil : Duration(microseconds: Int64(length / Int128(lengths.count)))
    return SessionsReport.Row(
      key: key, isOther: isOther, period: period, sessions: lengths.count, customers: customers, events: events,
      bounces: bounces, medianLength: median(of: &lengths), meanLength: mean)
  }
}
