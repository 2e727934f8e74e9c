import EventStore
import JourneyQuery
import JourneyTime

/// Makes the report from what all threads found.
struct TimeSummary {
  let query: FunnelQuery
  let schema: StoreSchema
  let parts: [TimeTally]

  /// Without a basis and other dates. Throws `limit` for too many periods.
  var report: TimeReport {
    get throws(ExecutionError) {
      let lengths = parts.flatMap(\.lengths)
      var cut = Cut(figures(lengths))
      let calendar = try query.split.per.map { (unit) throws(ExecutionError) in try self.calendar(of: unit) }
      if let calendar {
        cut.periods = calendar.periods
        cut.total.periods = gathered(calendar.count) { part, unit in
          calendar.period(of: parts[part].starts[unit])
        }.map(figures)
      }
      if let breakdown = query.split.breakdown, !breakdown.keys.isEmpty {
        cut.groups = try groups(by: breakdown, calendar)
      }
      return TimeReport(
        cut: cut, histogram: histogram(lengths), entered: parts.reduce(0) { $0 + $1.entered },
        unfinished: parts.reduce(0) { $0 + $1.unfinished })
    }
  }

  /// The groups of the breakdown, in the order to show; with a calendar, each with its periods.
  private func groups(
    by breakdown: Breakdown, _ calendar: PeriodCalendar?
  ) throws(ExecutionError) -> [Slice<TimeFigures>] {
    var keys = GroupKeys()
    let nodes = parts.map { keys.absorb($0.groupKeys) }
    var sizes = [Int](repeating: 0, count: keys.count)
    for (part, nodes) in zip(parts, nodes) {
      for node in part.nodes { sizes[nodes[node]] += 1 }
    }
    let order = GroupOrder(keys, sizes: sizes, breakdown, in: schema)
    let place = { (part: Int, unit: Int) in order.place[nodes[part][parts[part].nodes[unit]]] }
    var groups = zip(order.groups, gathered(order.groups.count, place)).map { Slice($0, figures($1)) }
    guard let calendar else { return groups }
    try PeriodCalendar.check(groups: groups.count, units: calendar.count)
    let cells = gathered(groups.count * calendar.count) { part, unit in
      place(part, unit) * calendar.count + calendar.period(of: parts[part].starts[unit])
    }
    for index in groups.indices {
      groups[index].periods = cells[(index * calendar.count)...].prefix(calendar.count).map(figures)
    }
    return groups
  }

  private func calendar(of unit: CalendarUnit) throws(ExecutionError) -> PeriodCalendar {
    let first = parts.compactMap { $0.starts.min() }.min()
    let last = parts.compactMap { $0.starts.max() }.max()
    return try PeriodCalendar(
      unit, query.scope.zone, during: query.scope.during, found: first.flatMap { first in last.map { first...$0 } })
  }

  /// The times in `count` lists; `place` is given the index of a part and of a chain in it.
  private func gathered(_ count: Int, _ place: (Int, Int) -> Int) -> [[Int64]] {
    var lists = [[Int64]](repeating: [], count: count)
    for (index, part) in parts.enumerated() {
      for unit in part.lengths.indices { lists[place(index, unit)].append(part.lengths[unit]) }
    }
    return lists
  }

  private func figures(_ lengths: [Int64]) -> TimeFigures {
    TimeFigures(count: lengths.count, spread: spread(lengths))
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
