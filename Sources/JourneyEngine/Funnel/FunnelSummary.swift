import EventStore
import JourneyQuery
import JourneyTime

/// Makes the report from what all threads found.
struct FunnelSummary {
  let query: FunnelQuery
  let rules: ChainRules
  let schema: StoreSchema
  let parts: [FunnelTally]

  var total: FunnelGroup {
    let counts = (0..<rules.steps).map { row in parts.reduce(0) { $0 + $1.counts[row] } }
    let medians = concurrentMap(count: rules.steps + 1) { row in
      let gaps = parts.flatMap { $0.gaps[row] }
      return median(of: gaps.span)
    }
    let counter = FunnelCounter(
      counts: counts, medians: medians, unfinished: parts.reduce(0) { $0 + $1.unfinishedCount })
    return group(counter, key: [], isOther: false)
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
    let places = nodes.map { $0.map { order.place[$0] } }
    let place = { (part: Int, unit: Int) in places[part][Int(parts[part].nodes[unit])] }
    let cells = FunnelCells(order.groups.count, rows: rules.steps, parts, place)
    var groups = order.groups.enumerated().map { index, found in
      group(cells.counter(index), key: found.key, isOther: found.isOther)
    }
    guard let unit = query.per else { return groups }
    let calendar = try calendar(of: unit)
    let count = calendar.count
    let both = FunnelCells(groups.count * count, rows: rules.steps, parts) { part, unit in
      place(part, unit) * count + calendar.period(of: parts[part].entered[unit])
    }
    for index in groups.indices {
      groups[index].periods = periods(of: calendar) { both.counter(index * count + $0) }
    }
    return groups
  }

  /// One group per calendar unit of the entry: from the first entry to the last or, with `during`, all units of it.
  func periods(per unit: CalendarUnit) throws(ExecutionError) -> [FunnelPeriod] {
    let calendar = try calendar(of: unit)
    let cells = FunnelCells(calendar.count, rows: rules.steps, parts) { part, unit in
      calendar.period(of: parts[part].entered[unit])
    }
    return periods(of: calendar, cells.counter)
  }

  private func calendar(of unit: CalendarUnit) throws(ExecutionError) -> PeriodCalendar {
    let first = parts.compactMap { $0.entered.min() }.min()
    let last = parts.compactMap { $0.entered.max() }.max()
    return try PeriodCalendar(
      unit, query.zone, during: query.during, found: first.flatMap { first in last.map { first...$0 } })
  }

  private func periods(of calendar: PeriodCalendar, _ counter: (Int) -> FunnelCounter) -> [FunnelPeriod] {
    (0..<calendar.count).map { index in
      FunnelPeriod(
        start: calendar.start(of: index), label: calendar.label(of: index),
        group: group(counter(index), key: [], isOther: false))
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
