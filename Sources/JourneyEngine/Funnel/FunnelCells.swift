import EventStore
import JourneyTime

/// What is said of the units of one cell: of a group, a period, or both.
struct FunnelCounter: Sendable {
  /// By row.
  var counts: [Int]
  /// By row, since the required row before; nil for the first. Behind those of the rows, of complete chains as a whole.
  var medians: [Duration?]
  var unfinished: Int
}

/// The units of a funnel by cell, and the times found in each.
struct FunnelCells: Sendable {
  private let count: Int
  private let rows: Int
  private let parts: [FunnelCellPart]

  /// `cells` gives for a part, by index, the cell of each of its units, below `count`; nil is cell 0 for all.
  init(_ tallies: [FunnelTally], _ rules: ChainRules, count: Int, cells: @Sendable (Int) -> [Int32]?) {
    (self.count, rows) = (count, rules.steps)
    parts = concurrentMap(count: tallies.count) { index in
      FunnelCellPart(tallies[index], rules, count: count, cells: cells(index))
    }
  }

  /// All cells in one.
  var whole: FunnelCounter {
    counter(0..<count, medians: concurrentMap(count: rows + 1) { median($0, 0..<count) })
  }

  /// What was found in each cell.
  var counters: [FunnelCounter] {
    let width = (count + 15) / 16
    return concurrentMap(count: 16) { share in
      (min(share * width, count)..<min((share + 1) * width, count)).map { cell in
        counter(cell..<cell + 1, medians: (0...rows).map { median($0, cell..<cell + 1) })
      }
    }.flatMap { $0 }
  }

  private func counter(_ cells: Range<Int>, medians: [Duration?]) -> FunnelCounter {
    FunnelCounter(
      counts: (0..<rows).map { row in parts.reduce(0) { $0 + $1.size(row, cells) } }, medians: medians,
      unfinished: parts.reduce(0) { $0 + $1.unfinished(cells) })
  }

  private func median(_ row: Int, _ cells: Range<Int>) -> Duration? {
    let times = parts.flatMap { $0.times(row, cells) }
    return quantile(tenths: 5, of: times.span)
  }
}

/// What one thread found, sorted by row and in it by cell (a counting sort).
struct FunnelCellPart: Sendable {
  private let count: Int
  /// By row and in it by cell, units that reached it; behind the last row those that completed the path.
  private var sizes: [Int]
  private var unfinished: [Int]
  /// Where each list of `times` starts, parallel to `sizes`, and the end of the last one. Row 0 has no times.
  private var starts: [Int] = []
  private var times: [Int64]

  /// `cells` gives the cell of each unit, below `count`; nil is cell 0 for all.
  init(_ tally: FunnelTally, _ rules: ChainRules, count: Int, cells: [Int32]?) {
    self.count = count
    sizes = Array(repeating: 0, count: (rules.steps + 1) * count)
    unfinished = Array(repeating: 0, count: count)
    times = Array(repeating: 0, count: tally.times.count)
    let complete = UInt64(1) << UInt64(rules.requiredStep(rules.required))
    for unit in tally.reached.indices {
      let (reached, cell) = (tally.reached[unit], cells.map { Int($0[unit]) } ?? 0)
      if reached & FunnelTally.unfinished != 0 { unfinished[cell] += 1 }
      Self.forEachList(reached, from: 0, complete, rules.steps) { sizes[$0 * count + cell] += 1 }
    }
    var start = 0
    for list in sizes.indices {
      starts.append(start)
      if list >= count { start += sizes[list] }
    }
    var (ends, next) = (starts, 0)
    for unit in tally.reached.indices {
      let cell = cells.map { Int($0[unit]) } ?? 0
      Self.forEachList(tally.reached[unit], from: 1, complete, rules.steps) { list in
        times[ends[list * count + cell]] = tally.times[next]
        ends[list * count + cell] += 1
        next += 1
      }
    }
    starts.append(start)
  }

  /// The rows reached, ascending from `first` on, and last, if the path was completed, the number of rows: the order of
  /// a unit's times.
  @inline(__always)
  private static func forEachList(
    _ reached: UInt64, from first: Int, _ complete: UInt64, _ rows: Int, _ body: (Int) -> Void
  ) {
    var bits = reached & ~FunnelTally.unfinished & (.max &<< UInt64(first))
    while bits != 0 {
      body(bits.trailingZeroBitCount)
      bits &= bits - 1
    }
    if reached & complete != 0 { body(rows) }
  }

  func size(_ row: Int, _ cells: Range<Int>) -> Int { cells.reduce(0) { $0 + sizes[row * count + $1] } }
  func unfinished(_ cells: Range<Int>) -> Int { cells.reduce(0) { $0 + unfinished[$1] } }

  /// The times of a row in cells that follow each other; of complete chains for the row behind the last.
  func times(_ row: Int, _ cells: Range<Int>) -> ArraySlice<Int64> {
    row == 0 ? [] : times[starts[row * count + cells.lowerBound]..<starts[row * count + cells.upperBound]]
  }
}
