import EventStore
import JourneyQuery
import JourneyTime

extension Executor where Self: EventPart {
  /// How long complete chains took. Throws as `funnel` does.
  public func time(_ query: TimeQuery, _ run: Run) throws(ExecutionError) -> TimeReport {
    let analysis = FunnelAnalysis(query.funnel, catalog, completionsOnly: true) { cells in
      cells.map { TimeFigures(of: cells.completions($0), keepsTimes: query.keepsTimes) }
    }
    let (cut, whole) = try answer(analysis, run)
    return TimeReport(
      cut: cut, histogram: TimeBin.histogram(of: whole.completions(0)), entered: whole.size(0, 0),
      unfinished: whole.unfinished(0))
  }
}

// Of times in microseconds that lie in several lists.

extension TimeFigures {
  fileprivate init(of lists: [ArraySlice<Int64>], keepsTimes: Bool) {
    self.init(
      count: lists.reduce(0) { $0 + $1.count }, spread: TimeSpread(of: lists),
      times: keepsTimes ? lists.joined().sorted().map { Duration(microseconds: $0) } : [])
  }
}

extension TimeSpread {
  /// Nil of nothing.
  fileprivate init?(of lists: [ArraySlice<Int64>]) {
    guard let p10 = quantile(tenths: 1, of: lists), let middle = quantile(tenths: 5, of: lists),
      let p90 = quantile(tenths: 9, of: lists), let least = lists.compactMap({ $0.min() }).min(),
      let most = lists.compactMap({ $0.max() }).max()
    else { return nil }
    let sum = lists.reduce(Int128(0)) { sum, list in list.reduce(sum) { $0 + Int128($1) } }
    let mean = Int64(sum / Int128(lists.reduce(0) { $0 + $1.count }))
    self.init(
      min: Duration(microseconds: least), p10: p10, median: middle, p90: p90, max: Duration(microseconds: most),
      mean: Duration(microseconds: mean))
  }
}

extension TimeBin {
  /// From the bin of the shortest time to that of the longest.
  fileprivate static func histogram(of lists: [ArraySlice<Int64>]) -> [TimeBin] {
    let starts = TimeBin.starts.map(\.microseconds)
    var counts = [Int](repeating: 0, count: starts.count)
    for list in lists {
      for length in list {
        // The last bin that starts no later.
        var (bin, end) = (0, starts.count)
        while end - bin > 1 {
          let middle = (bin + end) / 2
          if starts[middle] <= length { bin = middle } else { end = middle }
        }
        counts[bin] += 1
      }
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
