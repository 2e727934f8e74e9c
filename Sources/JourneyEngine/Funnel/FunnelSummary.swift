import EventStore
import JourneyQuery
import JourneyTime

/// Makes the report from what all threads found.
struct FunnelSummary {
  let query: FunnelQuery
  let rules: ChainRules
  let schema: StoreSchema
  let parts: [FunnelTally]

  /// Rows of one group while it is counted.
  private struct Counter {
    var counts: [Int]
    /// By row: microseconds from the required row before.
    var gaps: [[Int64]]
    /// From first to last required step of complete chains.
    var lengths: [Int64] = []
    var unfinished = 0
  }

  var total: FunnelGroup {
    let counters = counted(1) { _, _ in 0 }
    return group(counters[0], key: [], isOther: false)
  }

  /// The groups of the breakdown, in the order to show; with `per`, each with its periods.
  func groups(by breakdown: Breakdown) throws(ExecutionError) -> [FunnelGroup] {
    var keys = GroupKeys()
    let nodes = parts.map { keys.absorb($0.groupKeys) }
    var sizes = [Int](repeating: 0, count: keys.count)
    for (part, nodes) in zip(parts, nodes) {
      for group in part.group { sizes[nodes[group]] += 1 }
    }
    let order = GroupOrder(keys, sizes: sizes, breakdown, in: schema)
    let place = { (part: Int, unit: Int) in order.place[nodes[part][parts[part].group[unit]]] }
    var groups = zip(order.groups, counted(order.groups.count, place)).map {
      group($1, key: $0.key, isOther: $0.isOther)
    }
    guard let unit = query.per else { return groups }
    let calendar = try calendar(of: unit)
    let counters = counted(groups.count * calendar.count) { part, unit in
      place(part, unit) * calendar.count + calendar.period(of: parts[part].entered[unit])
    }
    for index in groups.indices {
      groups[index].periods = periods(counters[(index * calendar.count)...].prefix(calendar.count), of: calendar)
    }
    return groups
  }

  /// One group per calendar unit of the entry: from the first entry to the last or, with `during`, all units of it.
  func periods(per unit: CalendarUnit) throws(ExecutionError) -> [FunnelPeriod] {
    let calendar = try calendar(of: unit)
    let counters = counted(calendar.count) { part, unit in calendar.period(of: parts[part].entered[unit]) }
    return periods(counters[...], of: calendar)
  }

  private func calendar(of unit: CalendarUnit) throws(ExecutionError) -> PeriodCalendar {
    let entered = parts.lazy.flatMap(\.entered)
    let found = entered.min().flatMap { first in entered.max().map { first...$0 } }
    return try PeriodCalendar(unit, query.zone, during: query.during, found: found)
  }

  /// One counter for each period, in order.
  private func periods(_ counters: ArraySlice<Counter>, of calendar: PeriodCalendar) -> [FunnelPeriod] {
    counters.enumerated().map { index, counter in
      FunnelPeriod(
        start: calendar.start(of: index), label: calendar.label(of: index),
        group: group(counter, key: [], isOther: false))
    }
  }

  /// Counts every unit in one of `count` counters; `place` is given the index of a part and of a unit in it.
  private func counted(_ count: Int, _ place: (Int, Int) -> Int) -> [Counter] {
    let empty = Counter(counts: Array(repeating: 0, count: rules.steps), gaps: Array(repeating: [], count: rules.steps))
    var counters = Array(repeating: empty, count: count)
    for (index, part) in parts.enumerated() {
      var next = 0
      for unit in part.entered.indices {
        let counter = place(index, unit)
        var rows = part.reached[unit] & ~1
        counters[counter].counts[0] += 1
        if part.isUnfinished[unit] { counters[counter].unfinished += 1 }
        let isComplete = part.reached[unit] >> UInt64(rules.requiredStep(rules.required)) & 1 == 1
        var length: Int64 = 0
        while rows != 0 {
          let row = rows.trailingZeroBitCount
          rows &= rows - 1
          counters[counter].counts[row] += 1
          counters[counter].gaps[row].append(part.gaps[next])
          if !rules.isOptional[row] { length = length.addingHeld(part.gaps[next]) }
          next += 1
        }
        if isComplete { counters[counter].lengths.append(length) }
      }
    }
    return counters
  }

  private func group(_ counter: Counter, key: [String?], isOther: Bool) -> FunnelGroup {
    var counter = counter
    let rows = (0..<rules.steps).map { step in
      let next = (step + 1..<max(rules.steps, step + 1)).first { !rules.isOptional[$0] }
      let lost = next.map { counter.counts[step] - counter.counts[$0] } ?? 0
      return FunnelRow(
        label: rules.isAnyOrder ? "\(step + 1) of \(rules.steps)" : query.path.steps[step].step.label,
        isOptional: rules.isOptional[step], count: counter.counts[step], lost: rules.isOptional[step] ? nil : lost,
        medianFromPrevious: median(of: &counter.gaps[step]))
    }
    return FunnelGroup(
      key: key, isOther: isOther, rows: rows, unfinished: counter.unfinished,
      medianToComplete: median(of: &counter.lengths))
  }
}
