import EventStore
import JourneyTime

/// What is said of the units of one cell: of a group, a period, or both.
struct FunnelCounter: Sendable {
  /// By row, and behind the rows complete chains.
  var counts: [Int]
  /// Parallel to the counts: the median time since the required row before, nil for the first; of complete chains as a whole.
  var medians: [Duration?]
  var unfinished: Int
}

/// The units of a funnel by cell, and the times found in each.
struct FunnelCells: Sendable {
  private let count: Int
  private let rows: Int
  private let parts: [FunnelCellPart]

  /// All units in one cell.
  init(_ units: [FunnelUnits], _ rules: ChainRules) {
    (count, rows) = (1, rules.steps)
    parts = units.map { FunnelCellPart($0) }
  }

  /// `cells` gives for a part, by index, the cell of each of its records, below `count`.
  init(_ units: [FunnelUnits], _ rules: ChainRules, count: Int, cells: @Sendable (Int) -> [Int32]) {
    (self.count, rows) = (count, rules.steps)
    parts = concurrentMap(count: units.count) { index in
      FunnelCellPart(units[index], rules, count: count, cells: cells(index))
    }
  }

  /// What was found in each cell.
  var counters: [FunnelCounter] {
    let width = rows + 1
    let found = shared(count * width) { index in
      let (cell, row) = index.quotientAndRemainder(dividingBy: width)
      return (count: size(row, cell), median: quantile(tenths: 5, of: parts.map { $0.times(row, cell) }))
    }
    return (0..<count).map { cell in
      let own = found[cell * width..<(cell + 1) * width]
      return FunnelCounter(counts: own.map(\.count), medians: own.map(\.median), unfinished: unfinished(cell))
    }
  }

  /// What `body` makes of each cell.
  func map<Element: Sendable>(_ body: @Sendable (Int) -> Element) -> [Element] { shared(count, body) }

  /// Units that reached a row; for the row behind the last, those that completed the path.
  func size(_ row: Int, _ cell: Int) -> Int { parts.reduce(0) { $0 + $1.size(row, cell) } }
  func unfinished(_ cell: Int) -> Int { parts.reduce(0) { $0 + $1.unfinished[cell] } }
  /// The times of complete chains, in several lists.
  func completions(_ cell: Int) -> [ArraySlice<Int64>] { parts.map { $0.times(rows, cell) } }

  /// `body(0) … body(count − 1)`, on several threads.
  private func shared<Element: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Element) -> [Element] {
    let width = (count + 15) / 16
    return concurrentMap(count: 16) { share in
      (min(share * width, count)..<min((share + 1) * width, count)).map(body)
    }.flatMap { $0 }
  }
}

/// What one thread found, sorted by row and in it by cell (a counting sort).
struct FunnelCellPart: Sendable {
  private let count: Int
  /// By row and in it by cell, units that reached it; behind the last row those that completed the path.
  private let sizes: [[Int]]
  /// By cell.
  private(set) var unfinished: [Int]
  /// By row: times sorted by cell, and where those of each cell begin; row 0 has no times.
  private let rows: [(times: [Int64], starts: [Int])]

  /// All units in one cell.
  init(_ units: FunnelUnits) {
    (count, unfinished, sizes) = (1, [units.unfinished], [[units.units]] + units.times.dropFirst().map { [$0.count] })
    rows = units.times.map { ($0, [0, $0.count]) }
  }

  /// `cells` gives the cell of each record, below `count`.
  init(_ units: FunnelUnits, _ rules: ChainRules, count: Int, cells: [Int32]) {
    self.count = count
    unfinished = Array(repeating: 0, count: count)
    for unit in units.open { unfinished[Int(cells[Int(unit)])] += 1 }
    var entered = [Int](repeating: 0, count: count)
    for cell in cells { entered[Int(cell)] += 1 }
    rows = (0...rules.steps).map { row in Self.sorted(units.times[row], units.owners[row], cells, count) }
    sizes =
      [entered]
      + rows.dropFirst().map { row in
        row.starts.indices.dropLast().map { row.starts[$0 + 1] - row.starts[$0] }
      }
  }

  /// The times by the cell of their owners, and where each cell begins, and the last one ends.
  private static func sorted(
    _ times: [Int64], _ owners: [Int32], _ cells: [Int32], _ count: Int
  ) -> (times: [Int64], starts: [Int]) {
    var starts = [Int](repeating: 0, count: count + 1)
    tally(owners.span, cells.span, &starts)
    for cell in 0..<count { starts[cell + 1] += starts[cell] }
    var (ends, sorted) = (starts, [Int64](repeating: 0, count: times.count))
    place(times.span, owners.span, cells.span, &ends, &sorted)
    return (sorted, starts)
  }

  /// Counts the owners in each cell, one place behind the cell's own.
  private static func tally(_ owners: Span<Int32>, _ cells: Span<Int32>, _ counts: inout [Int]) {
    var counts = counts.mutableSpan
    for index in owners.indices { counts[Int(cells[Int(owners[index])]) + 1] += 1 }
  }

  private static func place(
    _ times: Span<Int64>, _ owners: Span<Int32>, _ cells: Span<Int32>, _ ends: inout [Int], _ sorted: inout [Int64]
  ) {
    var ends = ends.mutableSpan
    var sorted = sorted.mutableSpan
    for index in times.indices {
      let cell = Int(cells[Int(owners[index])])
      sorted[ends[cell]] = times[index]
      ends[cell] += 1
    }
  }

  func size(_ row: Int, _ cell: Int) -> Int { sizes[row][cell] }

  /// The times of a row in a cell; of complete chains for the row behind the last.
  func times(_ row: Int, _ cell: Int) -> ArraySlice<Int64> {
    rows[row].times[rows[row].starts[cell]..<rows[row].starts[cell + 1]]
  }
}
