import EventStore
import JourneyQuery
import JourneyTime

/// Makes the report from what all threads found.
struct FunnelSummary: Sendable {
  let query: FunnelQuery
  let rules: ChainRules
  let schema: StoreSchema
  let parts: [FunnelTally]

  /// Without a basis and other dates. Throws `limit` for too many periods.
  var report: FunnelReport {
    get throws(ExecutionError) {
      var report = FunnelReport(figures(FunnelCounter(parts, rows: rules.steps)))
      let calendar = try query.split.per.map { (unit) throws(ExecutionError) in try self.calendar(of: unit) }
      if let calendar {
        try PeriodCalendar.check(groups: 1, units: calendar.count, rows: rules.steps)
        let cells = FunnelCells(parts, rules, count: calendar.count) { part in
          parts[part].entered.map { Int32(calendar.period(of: $0)) }
        }
        report.periods = calendar.periods
        report.total.periods = cells.counters.map(figures)
      }
      if let breakdown = query.split.breakdown, !breakdown.keys.isEmpty {
        report.groups = try groups(by: breakdown, calendar)
      }
      return report
    }
  }

  /// The groups of the breakdown, in the order to show; with a calendar, each with its periods.
  private func groups(
    by breakdown: Breakdown, _ calendar: PeriodCalendar?
  ) throws(ExecutionError) -> [Slice<FunnelFigures>] {
    var keys = GroupKeys()
    let nodes = parts.map { keys.absorb($0.groupKeys) }
    var sizes = [Int](repeating: 0, count: keys.count)
    for (part, nodes) in zip(parts, nodes) {
      for node in part.nodes { sizes[nodes[Int(node)]] += 1 }
    }
    let order = GroupOrder(keys, sizes: sizes, breakdown, in: schema)
    let places = nodes.map { $0.map { Int32(truncatingIfNeeded: order.place[$0]) } }
    let cells = FunnelCells(parts, rules, count: order.groups.count) { part in
      parts[part].nodes.map { places[part][Int($0)] }
    }
    var groups = zip(order.groups, cells.counters).map { Slice($0, figures($1)) }
    guard let calendar else { return groups }
    let count = calendar.count
    try PeriodCalendar.check(groups: groups.count, units: count, rows: rules.steps)
    let both = FunnelCells(parts, rules, count: groups.count * count) { part in
      zip(parts[part].nodes, parts[part].entered).map { node, entered in
        places[part][Int(node)] * Int32(count) + Int32(calendar.period(of: entered))
      }
    }
    let counters = both.counters
    for index in groups.indices {
      groups[index].periods = counters[index * count..<(index + 1) * count].map(figures)
    }
    return groups
  }

  /// From the first entry to the last or, with `during`, all units of it.
  private func calendar(of unit: CalendarUnit) throws(ExecutionError) -> PeriodCalendar {
    let first = parts.compactMap { $0.entered.min() }.min()
    let last = parts.compactMap { $0.entered.max() }.max()
    return try PeriodCalendar(
      unit, query.scope.zone, during: query.scope.during, found: first.flatMap { first in last.map { first...$0 } })
  }

  private func figures(_ counter: FunnelCounter) -> FunnelFigures {
    let rows = (0..<rules.steps).map { step in
      let next = (step + 1..<max(rules.steps, step + 1)).first { !rules.isOptional[$0] }
      let lost = next.map { counter.counts[step] - counter.counts[$0] } ?? 0
      return FunnelRow(
        label: rules.isAnyOrder ? "\(step + 1) of \(rules.steps)" : query.path.steps[step].step.label,
        isOptional: rules.isOptional[step], count: counter.counts[step], lost: rules.isOptional[step] ? nil : lost,
        medianFromPrevious: counter.medians[step])
    }
    return FunnelFigures(
      rows: rows, unfinished: counter.unfinished, medianToComplete: counter.medians[rules.steps])
  }
}
