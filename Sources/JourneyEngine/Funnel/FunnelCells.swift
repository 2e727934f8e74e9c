import JourneyTime

/// The units of all threads counted by cell: by group, by period, or by both.
struct FunnelCells {
  private let rows: Int
  /// By cell and row, units that reached it; behind each cell's rows those that completed the path.
  private var sizes: [Int]
  private var unfinished: [Int]
  /// Where each list of `times` starts, parallel to `sizes`, and the end of the last one. Nothing is kept for row 0.
  private var starts: [Int] = []
  private var times: [Int64] = []

  /// Counts every unit in one of `count` cells; `cell` is given the index of a part and of a unit in it.
  init(_ count: Int, rows: Int, _ parts: [FunnelTally], _ cell: (Int, Int) -> Int) {
    self.rows = rows
    sizes = Array(repeating: 0, count: count * (rows + 1))
    unfinished = Array(repeating: 0, count: count)
    let cells = parts.enumerated().map { index, part in
      part.reached.indices.map { Int32(truncatingIfNeeded: cell(index, $0)) }
    }
    for (part, cells) in zip(parts, cells) { measure(part, cells) }
    placeLists()
    for (part, cells) in zip(parts, cells) { gather(part, cells) }
    // Each list was filled from its start on.
    placeLists()
  }

  private mutating func measure(_ part: FunnelTally, _ cells: [Int32]) {
    for (unit, cell) in cells.enumerated() {
      let first = Int(cell) * (rows + 1)
      if part.isUnfinished[unit] { unfinished[Int(cell)] += 1 }
      forEachRow(part.reached[unit]) { sizes[first + $0] += 1 }
    }
  }

  private mutating func placeLists() {
    starts.removeAll(keepingCapacity: true)
    var next = 0
    for index in sizes.indices {
      starts.append(next)
      if index % (rows + 1) > 0 { next += sizes[index] }
    }
    starts.append(next)
    if times.isEmpty { times = Array(repeating: 0, count: next) }
  }

  private mutating func gather(_ part: FunnelTally, _ cells: [Int32]) {
    var next = [Int](repeating: 0, count: rows + 1)
    for (unit, cell) in cells.enumerated() {
      let first = Int(cell) * (rows + 1)
      forEachRow(part.reached[unit] & ~1) { row in
        times[starts[first + row]] = part.gaps[row][next[row]]
        starts[first + row] += 1
        next[row] += 1
      }
    }
  }

  /// The rows reached, ascending, and last, if the path was completed, the number of rows.
  @inline(__always)
  private func forEachRow(_ reached: UInt64, _ body: (Int) -> Void) {
    var bits = reached & ~FunnelTally.complete
    while bits != 0 {
      body(bits.trailingZeroBitCount)
      bits &= bits - 1
    }
    if reached & FunnelTally.complete != 0 { body(rows) }
  }

  /// What was found in a cell.
  func counter(_ cell: Int) -> FunnelCounter {
    let first = cell * (rows + 1)
    let medians = (0...rows).map { row in
      row == 0 ? nil : median(of: times.span.extracting(starts[first + row]..<starts[first + row + 1]))
    }
    return FunnelCounter(
      counts: Array(sizes[first..<first + rows]), medians: medians, unfinished: unfinished[cell])
  }
}

/// What is said of a group of units.
struct FunnelCounter {
  /// By row.
  var counts: [Int]
  /// By row, since the required row before; nil for the first. Behind those of the rows, of complete chains as a whole.
  var medians: [Duration?]
  var unfinished: Int
}
