import EventStore
import JourneyQuery
import JourneyTime

/// Makes the report from what all threads found.
struct TimeSummary {
  let query: FunnelQuery
  let schema: StoreSchema
  let parts: [TimeTally]

  /// The report without groups and periods.
  var whole: TimeReport {
    let lengths = parts.flatMap(\.lengths)
    return TimeReport(
      total: group(lengths), histogram: histogram(lengths), entered: parts.reduce(0) { $0 + $1.entered },
      unfinished: parts.reduce(0) { $0 + $1.unfinished })
  }

  /// The groups of the breakdown, in the order to show; with `per`, each with its periods.
  func groups(by breakdown: Breakdown) throws(ExecutionError) -> [TimeGroup] {
    var keys = GroupKeys()
    let nodes = parts.map { keys.absorb($0.groupKeys) }
    var sizes = [Int](repeating: 0, count: keys.count)
    for (part, nodes) in zip(parts, nodes) {
      for node in part.nodes { sizes[nodes[node]] += 1 }
    }
    let order = GroupOrder(keys, sizes: sizes, breakdown, in: schema)
    let place = { (part: Int, unit: Int) in order.place[nodes[part][parts[part].nodes[unit]]] }
    let lengths = gathered(order.groups.count, place)
    var groups = order.groups.indices.map { index in
      group(lengths[index], key: order.groups[index].key, isOther: order.groups[index].isOther)
    }
    guard let unit = query.per else { return groups }
    let calendar = try calendar(of: unit)
    let cells = gathered(groups.count * calendar.count) { part, unit in
      place(part, unit) * calendar.count + calendar.period(of: parts[part].starts[unit])
    }
    for index in groups.indices {
      groups[index].periods = periods(cells[(index * calendar.count)...].prefix(calendar.count), of: calendar)
    }
    return groups
  }

  /// One group per calendar unit of the entry.
  func periods(per unit: CalendarUnit) throws(ExecutionError) -> [TimePeriod] {
    let calendar = try calendar(of: unit)
    let lengths = gathered(calendar.count) { part, unit in calendar.period(of: parts[part].starts[unit]) }
    return periods(lengths[...], of: calendar)
  }

  private func calendar(of unit: CalendarUnit) throws(ExecutionError) -> PeriodCalendar {
    let first = parts.compactMap { $0.starts.min() }.min()
    let last = parts.compactMap { $0.starts.max() }.max()
    return try PeriodCalendar(
      unit, query.zone, during: query.during, found: first.flatMap { first in last.map { first...$0 } })
  }

  /// One list of times for each period, in order.
  private func periods(_ lists: ArraySlice<[Int64]>, of calendar: PeriodCalendar) -> [TimePeriod] {
    lists.enumerated().map { index, lengths in
      TimePeriod(
        start: calendar.start(of: index), label: calendar.label(of: index), group: group(lengths))
    }
  }

  /// The times in `count` lists; `place` is given the index of a part and of a chain in it.
  private func gathered(_ count: Int, _ place: (Int, Int) -> Int) -> [[Int64]] {
    var lists = [[Int64]](repeating: [], count: count)
    for (index, part) in parts.enumerated() {
      for unit in part.lengths.indices { lists[place(index, unit)].append(part.lengths[unit]) }
    }
    return lists
  }

  private func group(_ lengths: [Int64], key: [String?] = [], isOther: Bool = false) -> TimeGroup {
    TimeGroup(key: key, isOther: isOther, count: lengths.count, spread: spread(lengths))
  }

  private func spread(_ lengths: [Int64]) -> TimeSpread? {
    guard let p10 = quantile(tenths: 1, of: lengths), let middle = quantile(tenths: 5, of: lengths),
      let p90 = quantile(tenths: 9, of: lengths), let least = lengths.min(), let most = lengths.max()
    else { return nil }
    // The mean of quotients and of remainders apart, so that no sum is too large.
    let count = Int64(lengths.count)
    let (wholes, rests) = lengths.reduce((Int64(0), Int64(0))) { ($0.0 + $1 / count, $0.1 + $1 % count) }
    return TimeSpread(
      min: Duration(microseconds: least), p10: p10, median: middle, p90: p90, max: Duration(microseconds: most),
      mean: Duration(microseconds: wholes + rests / count))
  }

  private func histogram(_ lengths: [Int64]) -> [TimeBin] {
    let starts = TimeBin.starts.map(\.microseconds)
    var counts = [Int](repeating: 0, count: starts.count)
    for length in lengths {
      // The last bin that starts no later.
      var (bin, end) = (0, starts.count)
      while end - bin > 1 {
        let middle = (bin + end) / 2
        if starts[middle] <= length { bin = middle } else { end = middle }
      }
      counts[bin] += 1
    }
    guard let first = counts.firstIndex(where: { $0 > 0 }), let last = counts.lastIndex(where: { $0 > 0 }) else {
      return []
    }
    return (first...last).map { bin in
      let end = bin + 1 < starts.count ? TimeBin.starts[bin + 1] : nil
      return TimeBin(start: TimeBin.starts[bin], end: end, count: counts[bin])
    }
  }
}
