import EventStore

/// One row of a delimited file, as cut into cells. Kept and refilled, so that scanning allocates nothing.
struct DelimitedRow {
  struct Cell {
    var start: Int
    var end: Int
    /// The cell had doubled quotes: its offsets are into `scratch`, not into the file's bytes.
    var isUnescaped: Bool
  }
  /// The first of them: one more than a file may have columns, at most.
  private(set) var cells: [Cell] = []
  /// Cells behind those, and whether some are not empty.
  private var (surplus, surplusHasText) = (0, false)
  var scratch: [UInt8] = []
  /// Line breaks up to the end of the row, its own included.
  var lineBreaks = 0
  /// Line breaks before the quote that was opened last.
  var quoteLine = 0
  /// Text stands behind a closing quote.
  var isMalformed = false
  /// A line break ended the row, not the end of the file.
  var isTerminated = false

  /// Of all cells, kept or not.
  var cellCount: Int { cells.count + surplus }

  /// Whether a cell behind the first `count` is not empty.
  func hasText(behind count: Int) -> Bool {
    surplusHasText || cells.dropFirst(count).contains { $0.start < $0.end }
  }

  mutating func removeAll() {
    cells.removeAll(keepingCapacity: true)
    scratch.removeAll(keepingCapacity: true)
    (lineBreaks, isMalformed, isTerminated, hasQuotes) = (0, false, false, false)
    (surplus, surplusHasText) = (0, false)
  }

  mutating func add(_ cell: Cell) {
    if cells.count <= EventFileLimits.columns { return cells.append(cell) }
    surplus += 1
    if cell.start < cell.end { surplusHasText = true }
  }

  /// One empty unquoted cell: an empty line.
  var isBlank: Bool { cells.count == 1 && cells[0].start == cells[0].end && !hasQuotes }
  var hasQuotes = false

  /// Runs `body` on the bytes of a cell; `bytes` is what was scanned.
  @inline(__always)
  func withCell<Result>(_ index: Int, in bytes: Span<UInt8>, _ body: (Span<UInt8>) -> Result) -> Result {
    let cell = cells[index]
    return cell.isUnescaped
      ? body(scratch.span.extracting(cell.start..<cell.end)) : body(bytes.extracting(cell.start..<cell.end))
  }
}
