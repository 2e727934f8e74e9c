import CByteScan
import EventStore

/// Cuts rows that need no care into cells, 64 bytes at a time: as many cells as are due, no quotes, no blanks beside a
/// delimiter, LF or CRLF behind them. It stops in front of the first other row, which `DelimitedScanner` can read; for
/// rows it takes, both give the same cells.
struct CellCutter: Sendable {
  let delimiter: UInt8
  let columnCount: Int
  /// Whether blanks beside a delimiter belong to the cell, so that no care is needed.
  var keepsBlanks = false

  /// What was cut.
  struct Run {
    /// Where the first row begins that was not taken.
    var next: Int
    /// There are bytes from 0x80 on among the rows taken, or shortly behind them.
    var hasHighBytes: Bool
  }

  /// Cuts the rows from `start` on that begin before `limit` and end before `end` and adds them to the table, as long as
  /// it has room. `bytes` goes on for at least `CellTable.slack` bytes behind `end`.
  ///
  /// - Parameter line: line breaks in front of `start`, from the start of the table.
  func cut(
    _ bytes: Span<UInt8>, from start: Int, to end: Int, before limit: Int, line: Int, into table: inout CellTable
  ) -> Run {
    guard end <= bytes.count - CellTable.slack, table.columnCount == columnCount else {
      return Run(next: start, hasHighBytes: false)
    }
    var state = State(start: start, row: table.rowCount, line: line - table.rowCount)
    unsafe bytes.withUnsafeBufferPointer { source in
      unsafe table.cells.withUnsafeMutableBufferPointer { cells in
        unsafe table.rows.withUnsafeMutableBufferPointer { rows in
          // SAFETY: source goes on for 64 bytes behind `end`, and cells has columnCount cells for each of rows.
          guard let source = source.baseAddress else { return }
          unsafe cut(source, end, limit, &state, cells, rows)
        }
      }
    }
    table.rowCount = state.row
    return Run(next: state.rowStart, hasHighBytes: state.high != 0)
  }

  private struct State {
    var rowStart: Int
    var cellStart: Int
    var row: Int
    /// Of the first row there would be.
    var line: Int
    var column = 0
    var high: UInt64 = 0
    /// The byte in front of the block ends a cell; it is a blank.
    var (wasEnd, wasBlank): (UInt64, UInt64) = (1, 0)

    init(start: Int, row: Int, line: Int) {
      (rowStart, cellStart, self.row, self.line) = (start, start, row, line)
    }
  }

  @unsafe private func cut(
    _ source: UnsafePointer<UInt8>, _ end: Int, _ limit: Int, _ state: inout State,
    _ cells: UnsafeMutableBufferPointer<CellTable.Cell>, _ rows: UnsafeMutableBufferPointer<CellTable.Row>
  ) {
    var offset = state.rowStart
    while offset < end, state.rowStart < limit, state.row < rows.count {
      let masks = unsafe byte_scan_cells(source + offset, delimiter)
      var seen: UInt64 = end - offset >= 64 ? .max : (1 << UInt64(truncatingIfNeeded: end &- offset)) &- 1
      var (stops, trouble) = (masks.ends, UInt64(0))
      if masks.rare & seen != 0 {
        let returns = unsafe byte_scan_1(source + offset, UInt8(ascii: "\r"))
        let isFollowed = unsafe offset + 64 < end && source[offset + 64] == UInt8(ascii: "\n")
        trouble = masks.rare & ~returns | returns & ~(masks.lines >> 1 | (isFollowed ? 1 << 63 : 0))
        stops |= returns
      }
      let blanks = keepsBlanks ? 0 : masks.blanks
      trouble |= blanks & (stops << 1 | state.wasEnd) | (blanks << 1 | state.wasBlank) & stops
      // Only what is in front of the first trouble counts.
      let isClear = trouble & seen == 0
      if !isClear { seen &= (trouble & (0 &- trouble)) &- 1 }
      state.high |= masks.high & seen
      let isUsed = unsafe take(masks.ends & seen, masks.lines, at: offset, source, limit, &state, cells, rows)
      guard isClear, isUsed else { return }
      (state.wasEnd, state.wasBlank) = (stops >> 63, blanks >> 63)
      offset += 64
    }
  }

  /// Takes the cells that end at the bits of `ends`, offsets from `offset` on; false if there are more or fewer in a row
  /// than are due, or no room for more rows, or the limit is reached.
  @unsafe @inline(__always) private func take(
    _ ends: UInt64, _ lines: UInt64, at offset: Int, _ source: UnsafePointer<UInt8>, _ limit: Int,
    _ state: inout State, _ cells: UnsafeMutableBufferPointer<CellTable.Cell>,
    _ rows: UnsafeMutableBufferPointer<CellTable.Row>
  ) -> Bool {
    var ends = ends
    while ends != 0 {
      let bit = ends.trailingZeroBitCount
      ends &= ends &- 1
      var end = offset &+ bit
      let isLineEnd = lines >> UInt64(truncatingIfNeeded: bit) & 1 == 1
      guard isLineEnd == (state.column == columnCount &- 1) else { return false }
      let next = end &+ 1
      // SAFETY: a row has two columns at least, so a line end is not the first byte.
      if isLineEnd, unsafe source[end &- 1] == UInt8(ascii: "\r") { end &-= 1 }
      // SAFETY: the row is below the number of rows, the column below columnCount.
      let place = state.row &* columnCount &+ state.column
      unsafe cells[place].start = UInt32(truncatingIfNeeded: state.cellStart)
      unsafe cells[place].end = UInt32(truncatingIfNeeded: end)
      state.cellStart = next
      if !isLineEnd {
        state.column &+= 1
        continue
      }
      unsafe rows[state.row].start = UInt32(truncatingIfNeeded: state.rowStart)
      unsafe rows[state.row].line = UInt32(truncatingIfNeeded: state.line &+ state.row)
      state.row &+= 1
      state.column = 0
      state.rowStart = next
      if state.row == rows.count || next >= limit { return false }
    }
    return true
  }
}
