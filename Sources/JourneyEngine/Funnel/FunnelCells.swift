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

extension FunnelCounter {
  /// Of all units.
  init(_ tallies: [FunnelTally], rows: Int) {
    medians = concurrentMap(count: rows + 1) { row in
      let times = tallies.flatMap { $0.times[row] }
      return quantile(tenths: 5, of: times.span)
    }
    counts = (0..<rows).map { row in tallies.reduce(0) { $0 + (row == 0 ? $1.units : $1.times[row].count) } }
    unfinished = tallies.reduce(0) { $0 + $1.unfinished }
  }
}

/// The units of a funnel by cell, and the times found in each.
struct FunnelCells: Sendable {
  private let count: Int
  private let rows: Int
  private let parts: [FunnelCellPart]

  /// `cells` gives for a part, by index, the cell of each of its units, below `count`.
  init(_ tallies: [FunnelTally], _ rules: ChainRules, count: Int, cells: @Sendable (Int) -> [Int32]) {
    (self.count, rows) = (count, rules.steps)
    parts = concurrentMap(count: tallies.count) { index in
      FunnelCellPart(tallies[index], rules, count: count, cells: cells(index))
    }
  }

  /// What was found in each cell.
  var counters: [FunnelCounter] {
    let width = (count + 15) / 16
    return concurrentMap(count: 16) { share in
      (min(share * width, count)..<min((share + 1) * width, count)).map { cell in
        FunnelCounter(
          counts: (0..<rows).map { row in parts.reduce(0) { $0 + $1.size(row, cell) } },
          medians: (0...rows).map { median($0, cell) }, unfinished: parts.reduce(0) { $0 + $1.unfinished[cell] })
      }
    }.flatMap { $0 }
  }

  private func median(_ row: Int, _ cell: Int) -> Duration? {
    let times = parts.flatMap { $0.times(row, cell) }
    return quantile(tenths: 5, of: times.span)
  }
}

/// What one thread found, sorted by row and in it by cell (a counting sort).
struct FunnelCellPart: Sendable {
  private let count: Int
  /// By row and in it by cell, units that reached it; behind the last row those that completed the path.
  private var sizes: [Int]
  private(set) var unfinished: [Int]
  /// Where each list of `times` starts, parallel to `sizes`, and the end of the last one. Row 0 has no times.
  private var starts: [Int] = []
  private var times: [Int64]

  /// `cells` gives the cell of each unit, below `count`.
  init(_ tally: FunnelTally, _ rules: ChainRules, count: Int, cells: [Int32]) {
    self.count = count
    let rows = rules.steps
    sizes = Array(repeating: 0, count: (rows + 1) * count)
    unfinished = Array(repeating: 0, count: count)
    times = Array(repeating: 0, count: tally.times.reduce(0) { $0 + $1.count })
    let complete = UInt64(1) << UInt64(rules.requiredStep(rules.required))
    for unit in cells.indices where tally.reached[unit] & FunnelTally.unfinishedBit != 0 {
      unfinished[Int(cells[unit])] += 1
    }
    var end = 0
    for row in 0...rows {
      let (bit, first) = (row < rows ? 1 << UInt64(row) : complete, row * count)
      for unit in cells.indices where tally.reached[unit] & bit != 0 { sizes[first + Int(cells[unit])] += 1 }
      for cell in 0..<count {
        starts.append(end)
        if row > 0 { end += sizes[first + cell] }
      }
      guard row > 0 else { continue }
      let (list, reached) = (tally.times[row], tally.reached)
      var (ends, next) = (Array(starts[first...]), 0)
      for unit in cells.indices where reached[unit] & bit != 0 {
        let cell = Int(cells[unit])
        times[ends[cell]] = list[next]
        ends[cell] += 1
        next += 1
      }
    }
    starts.append(end)
  }

  func size(_ row: Int, _ cell: Int) -> Int { sizes[row * count + cell] }

  /// The times of a row in a cell; of complete chains for the row behind the last.
  func times(_ row: Int, _ cell: Int) -> ArraySlice<Int64> {
    row == 0 ? [] : times[starts[row * count + cell]..<starts[row * count + cell + 1]]
  }
}
