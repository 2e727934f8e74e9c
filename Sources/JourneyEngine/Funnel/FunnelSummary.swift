import EventStore
import JourneyQuery
import JourneyTime

/// Makes the report from what all threads found.
struct FunnelSummary: Sendable {
  let query: FunnelQuery
  let rules: ChainRules
  let schema: StoreSchema
  let parts: [FunnelTally]

  var total: FunnelGroup {
    group(FunnelCounter(parts, rows: rules.steps), key: [], isOther: false)
  }

  /// The groups of the breakdown, in the order to show; with `per`, each with its periods.
  func groups(by breakdown: Breakdown) throws(ExecutionError) -> [FunnelGroup] {
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
    var groups = zip(order.groups, cells.counters).map { group($1, key: $0.key, isOther: $0.isOther) }
    guard let unit = query.per else { return groups }
    let calendar = try calendar(of: unit)
    let count = calendar.count
    let both = FunnelCells(parts, rules, count: groups.count * count) { part in
      zip(parts[part].nodes, parts[part].entered).map { node, entered in
        places[part][Int(node)] * Int32(count) + Int32(calendar.period(of: entered))
      }
    }
    let counters = both.counters
    for index in groups.indices {
      groups[index].periods = periods(of: calendar, counters[index * count..<(index + 1) * count])
    }
    return groups
  }

  /// One group per calendar unit of the entry: from the first entry to the last or, with `during`, all units of it.
  func periods(per unit: CalendarUnit) throws(ExecutionError) -> [FunnelPeriod] {
    let calendar = try calendar(of: unit)
    let cells = FunnelCells(parts, rules, count: calendar.count) { part in
      parts[part].entered.map { Int32(calendar.period(of: $0)) }
    }
    return periods(of: calendar, cells.counters[...])
  }

  private func calendar(of unit: CalendarUnit) throws(ExecutionError) -> PeriodCalendar {
    let first = parts.compactMap { $0.entered.min() }.min()
    let last = parts.compactMap { $0.entered.max() }.max()
    return try PeriodCalendar(
      unit, query.zone, during: query.during, found: first.flatMap { first in last.map { first...$0 } })
  }

  /// One counter for each period, in order.
  private func periods(of calendar: PeriodCalendar, _ counters: ArraySlice<FunnelCounter>) -> [FunnelPeriod] {
    counters.enumerated().map { index, counter in
      FunnelPeriod(
        start: calendar.start(of: index), label: calendar.label(of: index),
        group: group(counter, key: [], isOther: false))
    }
  }

  private func group(_ counter: FunnelCounter, key: [String?], isOther: Bool) -> FunnelGroup {
    let rows = (0..<rules.steps).map { step in
      let next = (step + 1..<max(rules.steps, step + 1)).first { !rules.isOptional[$0] }
      let lost = next.map { counter.counts[step] - counter.counts[$0] } ?? 0
      return FunnelRow(
        label: rules.isAnyOrder ? "\(step + 1) of \(rules.steps)" : query.path.steps[step].step.label,
        isOptional: rules.isOptional[step], count: counter.counts[step], lost: rules.isOptional[step] ? nil : lost,
        medianFromPrevious: counter.medians[step])
    }
    return FunnelGroup(
      key: key, isOther: isOther, rows: rows, unfinished: counter.unfinished,
      medianToComplete: counter.medians[rules.steps])
  }
}
