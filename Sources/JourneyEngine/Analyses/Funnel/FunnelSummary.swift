import EventStore
import JourneyQuery
import JourneyTime

/// Puts the units that were found into groups and periods.
struct FunnelSummary: Sendable {
  private let rules: ChainRules
  private let parts: [FunnelUnits]
  private let calendar: PeriodCalendar?
  private let order: GroupOrder?
  /// By part: the group of each of its combinations of breakdown values.
  private let groups: [[Int32]]

  /// Throws `limit` for too many periods.
  init(query: FunnelQuery, rules: ChainRules, found: FunnelPartial) throws(ExecutionError) {
    let parts = found.parts
    (self.rules, self.parts) = (rules, parts)
    // From the first entry to the last or, with `during`, all units of it.
    calendar = try query.split.per.map { (unit) throws(ExecutionError) in
      let first = parts.compactMap { $0.entered.min() }.min()
      let last = parts.compactMap { $0.entered.max() }.max()
      return try PeriodCalendar(
        unit, query.scope.zone, during: query.scope.during, found: first.flatMap { first in last.map { first...$0 } })
    }
    let order = GroupOrder(found.keys.keys, by: query.split.breakdown) { sizes in
      for part in parts {
        for node in part.nodes { sizes[part.groups[Int(node)]] += 1 }
      }
    }
    groups = parts.map { part in
      order.map { order in part.groups.map { Int32(truncatingIfNeeded: order.place[$0]) } } ?? []
    }
    self.order = order
  }

  /// Adds the periods, and the groups with theirs. Throws `limit` for too many rows.
  func fill<Figures>(
    _ cut: inout Cut<Figures>, rows: Int, _ figures: (FunnelCells) -> [Figures]
  ) throws(ExecutionError) {
    if let calendar {
      try PeriodCalendar.check(groups: 1, units: calendar.count, rows: rows)
      cut.periods = calendar.periods
      cut.total.periods = figures(
        FunnelCells(parts, rules, count: calendar.count) { part in
          parts[part].entered.map { Int32(truncatingIfNeeded: calendar.period(of: $0)) }
        })
    }
    guard let order else { return }
    let byGroup = FunnelCells(parts, rules, count: order.groups.count) { part in
      parts[part].nodes.map { groups[part][Int($0)] }
    }
    cut.groups = zip(order.groups, figures(byGroup)).map { Slice($0, $1) }
    guard let calendar else { return }
    let count = calendar.count
    try PeriodCalendar.check(groups: order.groups.count, units: count, rows: rows)
    let byBoth = FunnelCells(parts, rules, count: order.groups.count * count) { part in
      zip(parts[part].nodes, parts[part].entered).map { node, entered in
        groups[part][Int(node)] * Int32(count) + Int32(truncatingIfNeeded: calendar.period(of: entered))
      }
    }
    let both = figures(byBoth)
    for index in cut.groups.indices { cut.groups[index].periods = Array(both[index * count..<(index + 1) * count]) }
  }
}

extension FunnelFigures {
  init(_ counter: FunnelCounter, _ query: FunnelQuery, _ rules: ChainRules) {
    let rows = (0..<rules.steps).map { step in
      let lost = rules.required(after: step).map { counter.counts[step] - counter.counts[$0] } ?? 0
      return FunnelRow(
        label: rules.isAnyOrder ? "\(step + 1) of \(rules.steps)" : query.path.steps[step].step.label,
        isOptional: rules.isOptional[step], count: counter.counts[step], lost: rules.isOptional[step] ? nil : lost,
        medianFromPrevious: counter.medians[step])
    }
    self.init(rows: rows, unfinished: counter.unfinished, medianToComplete: counter.medians[rules.steps])
  }
}
