/// What a terminal shows of the bytes it was sent: as much of ECMA-48 as libedit and this shell use with `TERM=xterm`.
/// A wide character fills its cell and leaves the next one empty.
struct Screen {
  private(set) var columns: Int
  private(set) var rows: Int
  private(set) var row = 0
  private(set) var column = 0
  private var cells: [[String]]
  /// Parameters of the rendition that each cell was written in; empty for the terminal's own.
  private var renditions: [[String]]
  private var rendition = ""
  /// How many of each row's cells hold text that goes on in the next row, for which there was no room; 0 where it does not.
  private var wraps: [Int]
  /// Rows that scrolled off its top, the oldest first.
  private var above: [Row] = []
  private var saved = (row: 0, column: 0)
  private var isInserting = false
  /// Whether the last column has been written to and the next character wraps.
  private var isWrapPending = false
  private var unread: [UInt8] = []
  /// Bytes taken so far.
  private(set) var sent = 0
  /// Where the cursor was when its place was asked.
  private var reports: [(row: Int, column: Int)] = []

  init(columns: Int = 80, rows: Int = 24) {
    (self.columns, self.rows) = (columns, rows)
    cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
    renditions = Array(repeating: Array(repeating: "", count: columns), count: rows)
    wraps = Array(repeating: 0, count: rows)
  }

  /// The answers that are due, each once.
  mutating func takeReports() -> [(row: Int, column: Int)] {
    defer { reports = [] }
    return reports
  }

  /// Another size: rows are cut or filled up, and wrapped as they were.
  mutating func resize(columns: Int, rows: Int) {
    cells = cells.map { Array(($0 + Self.blanks(columns)).prefix(columns)) }
    renditions = renditions.map { Array(($0 + Self.none(columns)).prefix(columns)) }
    while cells.count < rows {
      (cells, renditions, wraps) = (cells + [Self.blanks(columns)], renditions + [Self.none(columns)], wraps + [0])
    }
    (self.columns, self.rows, column) = (columns, rows, min(column, columns - 1))
  }

  /// A row that scrolled off, or the whole of a line that was wrapped over several.
  private struct Row {
    var cells: [String]
    var renditions: [String]
    var wraps: Int

    /// Up to the last cell that holds anything.
    var used: Int { wraps > 0 ? min(wraps, cells.count) : (cells.lastIndex { $0 != " " } ?? -1) + 1 }
  }

  /// Another width, at which lines are wrapped anew as tmux 3.3 does: the blank rows below the text count as rows too, so that
  /// what no longer fits goes off at the top, and comes back from there; a cursor that would go off with it stays in the first cell.
  mutating func reflow(columns: Int) {
    var lines: [Row] = []
    var (mark, offset) = (0, 0)
    let all = above + (0..<rows).map { Row(cells: cells[$0], renditions: renditions[$0], wraps: wraps[$0]) }
    for (index, row) in all.enumerated() {
      let goesOn = index > 0 && all[index - 1].wraps > 0
      if !goesOn { lines.append(Row(cells: [], renditions: [], wraps: 0)) }
      if index == above.count + self.row {
        (mark, offset) = (lines.count - 1, lines[lines.count - 1].cells.count + column + (isWrapPending ? 1 : 0))
      }
      lines[lines.count - 1].cells += row.cells[..<row.used]
      lines[lines.count - 1].renditions += row.renditions[..<row.used]
    }
    var wrapped: [Row] = []
    var place = (row: 0, column: 0)
    for (index, line) in lines.enumerated() {
      var start = 0
      repeat {
        var end = min(line.cells.count, start + columns)
        if end < line.cells.count, line.cells[end].isEmpty { end -= 1 }
        let isLast = end == line.cells.count
        if index == mark, offset >= start, offset < end || isLast { place = (wrapped.count, offset - start) }
        wrapped.append(
          Row(
            cells: Array((line.cells[start..<end] + Self.blanks(columns)).prefix(columns)),
            renditions: Array((line.renditions[start..<end] + Self.none(columns)).prefix(columns)),
            wraps: isLast ? 0 : end - start))
        start = end
      } while start < line.cells.count
    }
    let top = max(0, wrapped.count - rows)
    while wrapped.count < rows {
      wrapped.append(Row(cells: Self.blanks(columns), renditions: Self.none(columns), wraps: 0))
    }
    above = Array(wrapped[..<top])
    let shown = wrapped[top...]
    (cells, renditions, wraps) = (shown.map(\.cells), shown.map(\.renditions), shown.map(\.wraps))
    (row, column) = place.row >= top ? (place.row - top, min(place.column, columns - 1)) : (0, 0)
    isWrapPending = place.row >= top && place.column == columns
    self.columns = columns
  }

  /// The rows that scrolled off the top and those that are shown, as `lines`.
  var everyLine: [String] { Self.texts(above.map(\.cells)) + lines }

  /// How the cells of a text on the cursor's row are rendered, if they are all alike; nil where the text is not there.
  func rendition(of text: String, inRow wanted: Int? = nil) -> String? {
    let row = wanted ?? row
    guard let found = cells[row].joined().firstRange(of: text) else { return nil }
    // Cells are found by counting characters; a wide one has an empty cell behind it.
    let start = cells[row].joined()[..<found.lowerBound].reduce(0) {
      $0 + $1.unicodeScalars.reduce(0) { $0 + Self.width(of: $1) }
    }
    let width = text.unicodeScalars.reduce(0) { $0 + Self.width(of: $1) }
    let all = Set(renditions[row][start..<start + width])
    return all.count == 1 ? all.first : "mixed"
  }

  private static func width(of scalar: Unicode.Scalar) -> Int {
    if (0x0300...0x036F).contains(scalar.value) { return 0 }
    return (0x2E80...0xFFEF).contains(scalar.value) || scalar.value > 0x1F000 ? 2 : 1
  }

  /// The rows from the top, without blanks at their ends, down to the last that has any text.
  var lines: [String] {
    var lines = Self.texts(cells)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private static func texts(_ rows: [[String]]) -> [String] {
    rows.map { row in
      var text = row.joined()
      while text.last == " " { text.removeLast() }
      return text
    }
  }

  /// The row that the cursor is on.
  var line: String { row < lines.count ? lines[row] : "" }

  mutating func take(_ bytes: [UInt8]) {
    sent += bytes.count
    unread += bytes
    while let length = step() { unread.removeFirst(length) }
  }

  /// Carries out what stands first in `unread`; nil where more must come. How many bytes it took.
  private mutating func step() -> Int? {
    guard let first = unread.first else { return nil }
    switch first {
    case 0x1B: return escape()
    case 0x0D: (column, isWrapPending) = (0, false)
    case 0x0A: lineFeed()
    case 0x08: column = max(0, column - 1)
    case 0..<0x20: break
    default:
      let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      guard unread.count >= length else { return nil }
      for scalar in String(decoding: unread.prefix(length), as: UTF8.self).unicodeScalars { put(scalar) }
      return length
    }
    return 1
  }

  private mutating func escape() -> Int? {
    guard unread.count > 1 else { return nil }
    switch unread[1] {
    case UInt8(ascii: "7"): saved = (row, column)
    case UInt8(ascii: "8"): (row, column) = saved
    case UInt8(ascii: "M"): row = max(0, row - 1)
    case UInt8(ascii: "["):
      guard let end = unread[2...].firstIndex(where: { (0x40...0x7E).contains($0) }) else { return nil }
      control(unread[end], String(decoding: unread[2..<end], as: UTF8.self))
      return end + 1
    default: break
    }
    return 2
  }

  private mutating func control(_ final: UInt8, _ operands: String) {
    let numbers = operands.split(separator: ";").map { Int($0) ?? 0 }
    let count = max(1, numbers.first ?? 1)
    isWrapPending = false
    switch Character(Unicode.Scalar(final)) {
    case "A": row = max(0, row - count)
    case "B": row = min(rows - 1, row + count)
    case "C": column = min(columns - 1, column + count)
    case "D": column = max(0, column - count)
    case "G": column = min(columns - 1, count - 1)
    case "H": (row, column) = (min(rows, count) - 1, min(columns, max(1, numbers.dropFirst().first ?? 1)) - 1)
    case "J":
      // As tmux does: what a clearing of the whole screen takes away is kept among the rows that scrolled off.
      if operands == "2" || (row, column) == (0, 0) {
        row = 0
        let used = (cells.lastIndex { $0.contains { $0 != " " } } ?? -1) + 1
        above += (0..<used).map { Row(cells: cells[$0], renditions: renditions[$0], wraps: wraps[$0]) }
      }
      blank(from: operands == "2" ? 0 : column)
      for below in (row + 1)..<max(row + 1, rows) {
        (cells[below], renditions[below], wraps[below]) = (Self.blanks(columns), Self.none(columns), 0)
      }
    case "K": blank(from: column)
    case "P":
      cells[row].removeSubrange(column..<min(columns, column + count))
      cells[row] += Self.blanks(columns - cells[row].count)
      renditions[row].removeSubrange(column..<min(columns, column + count))
      renditions[row] += Self.none(columns - renditions[row].count)
    case "@": insertBlanks(count)
    case "m":
      for part in operands.split(separator: ";", omittingEmptySubsequences: false) {
        if part.isEmpty || part == "0" { rendition = "" } else { rendition += (rendition.isEmpty ? "" : ";") + part }
      }
    case "n" where operands == "6": reports.append((row, column))
    case "h" where operands == "4": isInserting = true
    case "l" where operands == "4": isInserting = false
    default: break
    }
  }

  private mutating func blank(from start: Int) {
    wraps[row] = 0
    // A row that is cleared whole goes on from none.
    if start == 0, row > 0 { wraps[row - 1] = 0 }
    if start == 0, row == 0, !above.isEmpty { above[above.count - 1].wraps = 0 }
    for column in start..<columns { (cells[row][column], renditions[row][column]) = (" ", "") }
  }

  private mutating func lineFeed() {
    isWrapPending = false
    if row + 1 < rows {
      row += 1
    } else {
      above.append(Row(cells: cells.removeFirst(), renditions: renditions.removeFirst(), wraps: wraps.removeFirst()))
      cells.append(Self.blanks(columns))
      renditions.append(Self.none(columns))
      wraps.append(0)
    }
  }

  private static func blanks(_ count: Int) -> [String] { Array(repeating: " ", count: count) }
  private static func none(_ count: Int) -> [String] { Array(repeating: "", count: count) }

  private mutating func insertBlanks(_ count: Int) {
    cells[row].insert(contentsOf: Self.blanks(count), at: column)
    cells[row].removeLast(count)
    renditions[row].insert(contentsOf: Self.none(count), at: column)
    renditions[row].removeLast(count)
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = Self.width(of: scalar)
    if width == 0 {
      // A combining mark goes onto the character before it.
      let before = isWrapPending ? column : column - 1
      if before >= 0 { cells[row][cells[row][before].isEmpty ? before - 1 : before].unicodeScalars.append(scalar) }
      return
    }
    if isWrapPending || column + width > columns {
      wraps[row] = isWrapPending ? columns : column
      column = 0
      lineFeed()
    }
    if isInserting { insertBlanks(width) }
    for covered in column..<column + width { (cells[row][covered], renditions[row][covered]) = ("", rendition) }
    cells[row][column] = String(scalar)
    isWrapPending = column + width >= columns
    column = min(columns - 1, column + width)
  }
}
