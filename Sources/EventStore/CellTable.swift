/// Rows of text cut into cells: where each cell lies in a buffer of bytes that is kept beside the table.
///
/// The buffer has at least `slack` bytes behind the last cell, so that a cell can be read in whole words.
package struct CellTable: Sendable {
  package struct Cell: Sendable {
    package var start: UInt32
    package var end: UInt32

    package init(_ start: Int, _ end: Int) {
      self.start = UInt32(truncatingIfNeeded: start)
      self.end = UInt32(truncatingIfNeeded: end)
    }
    package var range: Range<Int> { Int(start)..<Int(end) }
    package var isEmpty: Bool { start == end }
  }
  /// A place in the text of the row.
  package struct Row: Sendable {
    /// Where its text begins in the buffer.
    package var start: UInt32
    /// Line breaks in front of it, from the start of the table.
    package var line: UInt32

    package init(start: Int, line: Int) {
      self.start = UInt32(truncatingIfNeeded: start)
      self.line = UInt32(truncatingIfNeeded: line)
    }
  }
  package static let slack = 64

  package let columnCount: Int
  /// Row by row; what is behind the last row is room for more.
  package var cells: [Cell]
  package var rows: [Row]
  package var rowCount = 0

  /// - Parameter capacity: how many rows it takes.
  package init(columns: Int, capacity: Int) {
    columnCount = columns
    cells = Array(repeating: Cell(0, 0), count: columns * capacity)
    rows = Array(repeating: Row(start: 0, line: 0), count: capacity)
  }

  package var capacity: Int { rows.count }

  @inline(__always) package func cell(_ row: Int, _ column: Int) -> Cell { cells[row * columnCount + column] }

  /// Takes the rows out for which `isBad` is true; the others keep their order.
  package mutating func remove(_ isBad: [Bool]) {
    var kept = 0
    for row in 0..<rowCount where !isBad[row] {
      if kept < row {
        for column in 0..<columnCount { cells[kept * columnCount + column] = cells[row * columnCount + column] }
        rows[kept] = rows[row]
      }
      kept += 1
    }
    rowCount = kept
  }
}
