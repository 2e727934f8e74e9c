import EventStore
import JourneyTime
import SourceText

/// Turns the rows of one part of an event file into events: cuts a table of rows, checks customer, time, event and order
/// of each, and adds what is left to a builder column by column. Parts can be parsed at once and joined in the order of
/// the file.
struct EventRowParser: Sendable {
  private let scanner: DelimitedScanner
  private let cutter: CellCutter
  private let columnCount: Int
  private let longestRow: Int
  private let blockSize: Int
  private let roles: TableRoles

  var parsed: ParsedEvents

  /// Rows that are taken at once.
  private static let tableSize = 2_048

  /// - Parameters:
  ///   - blockSize: bytes of text that are read at once.
  ///   - parsed: without events and properties.
  init(
    _ plan: ColumnPlan, _ reading: ColumnReading, _ scanner: DelimitedScanner, longestRow: Int, blockSize: Int,
    parsed: ParsedEvents
  ) {
    self.scanner = scanner
    cutter = CellCutter(
      delimiter: scanner.delimiter, columnCount: plan.names.count, keepsBlanks: scanner.keepsBlanks)
    columnCount = plan.names.count
    (self.longestRow, self.blockSize) = (longestRow, blockSize)
    roles = plan.tableRoles()
    self.parsed = parsed
    for column in plan.properties {
      _ = self.parsed.builder.addProperty(
        plan.names[column], declared: plan.isText(column) ? .text : nil,
        expected: plan.isText(column) ? nil : reading.expected[column], isText: reading.texts.contains(column))
    }
    self.parsed.builder.session = plan.column(of: .session).flatMap { plan.properties.firstIndex(of: $0) }
  }

  /// Parses the rows that begin before `limit` bytes of the stream are used (all if nil). Returns how many bytes were
  /// used: where the next row begins.
  mutating func parse<Stream: ByteStream>(
    _ stream: Stream, limit: Int? = nil, skipHeader: Bool, file: String, progress: LoadProgress
  ) throws(Diagnostic) -> Int {
    var text = TextBlock(stream, room: blockSize, longestRow: longestRow)
    var table = CellTable(columns: columnCount, capacity: Self.tableSize)
    var row = DelimitedRow()
    var (used, mustSkip, position, known) = (0, skipHeader, stream.position, 0)
    while used < limit ?? .max {
      if progress.isCancelled { throw .cancelled }
      let start = text.start
      if mustSkip { try skip(&text, &row, &mustSkip) }
      let end = limit.map { min(text.end, start + $0 - used) } ?? text.end
      try parseTable(&text, before: end, &table, &row, file)
      if let failure = parsed.builder.failure { throw .noRoom(failure, file: file) }
      let taken = text.start - start
      used += taken
      progress.advance(bytes: text.stream.position - position, rows: parsed.builder.eventCount - known)
      (position, known) = (text.stream.position, parsed.builder.eventCount)
      if taken > 0 { continue }
      if text.isLast {
        if text.start < text.end {
          throw Diagnostic(
            .loadOpenQuote, "a quote is never closed", place: "\(file):\(parsed.lines + row.quoteLine + 1)")
        }
        break
      }
      guard try text.refill() else { throw .rowTooLong(longestRow, at: "\(file):\(parsed.lines + 1)") }
    }
    return used
  }

  /// Passes over rows up to the header, if it is whole already.
  private mutating func skip<Stream: ByteStream>(
    _ text: inout TextBlock<Stream>, _ row: inout DelimitedRow, _ mustSkip: inout Bool
  ) throws(Diagnostic) {
    while mustSkip {
      guard text.start < text.end, let next = text.scan(scanner, into: &row) else { return }
      mustSkip = row.isBlank
      parsed.lines += row.lineBreaks
      text.start = next
    }
  }
}

extension EventRowParser {
  /// Parses as many whole rows as fill the table, of those that begin before `end`.
  private mutating func parseTable<Stream: ByteStream>(
    _ text: inout TextBlock<Stream>, before end: Int, _ table: inout CellTable, _ row: inout DelimitedRow,
    _ file: String
  ) throws(Diagnostic) {
    table.rowCount = 0
    text.clearScratch()
    let firstLine = parsed.lines
    var faults = TableFaults(firstLine: firstLine)
    while text.start < end, table.rowCount < table.capacity {
      let first = table.rowCount
      let run = cutter.cut(
        text.bytes.span, from: text.start, to: text.end, before: end, line: parsed.lines - firstLine, into: &table)
      if run.hasHighBytes { faults.checkEncoding(table, first..<table.rowCount, text.bytes.span, end: run.next) }
      parsed.lines += table.rowCount - first
      text.start = run.next
      guard text.start < end, table.rowCount < table.capacity else { break }
      guard try parseCarefully(&text, &table, &row, &faults, file) else { break }
    }
    fillKeys(of: &table)
    var (instants, orders, next): ([Int64], [Double], Int) = ([], [], 0)
    while let (bad, fault) = parsed.read(
      table, in: text.bytes.span, as: roles, from: next, line: firstLine, &instants, &orders)
    {
      faults.note(fault, row: bad)
      next = bad + 1
    }
    if !faults.isEmpty {
      let bytes = text.bytes.span.extracting(first: text.end)
      parsed.badRows.add(faults.count, first: faults.described(table, bytes, scanner, isLast: text.isLast))
      faults.remove(from: &table, &instants, &orders)
    }
    parsed.append(table, in: text.bytes.span, as: roles, instants, orders)
  }

  /// Rows without a key get the cell that stands in for it.
  private func fillKeys(of table: inout CellTable) {
    guard let key = roles.key, let other = roles.keyFallback else { return }
    for row in 0..<table.rowCount where table.cell(row, key).isEmpty {
      table.cells[row * table.columnCount + key] = table.cell(row, other)
    }
  }

  /// Takes the next row, whatever it looks like; false if it is not whole.
  private mutating func parseCarefully<Stream: ByteStream>(
    _ text: inout TextBlock<Stream>, _ table: inout CellTable, _ row: inout DelimitedRow,
    _ faults: inout TableFaults, _ file: String
  ) throws(Diagnostic) -> Bool {
    let (start, line) = (text.start, parsed.lines)
    guard let next = text.scan(scanner, into: &row) else { return false }
    parsed.lines += row.lineBreaks
    text.start = next
    if row.isBlank { return true }
    if let fault = fault(in: row, text.bytes.span.extracting(start..<next)) {
      if !row.isTerminated, row.cellCount < columnCount {
        throw Diagnostic(.loadCut, "the file ends in the middle of a row: \(fault)", place: "\(file):\(line + 1)")
      }
      faults.note(fault, line: line, text.bytes.span.extracting(start..<next))
      return true
    }
    for column in 0..<columnCount {
      let cell = row.cells[column]
      table.cells[table.rowCount * columnCount + column] =
        cell.isUnescaped
        ? text.keep(row.scratch.span.extracting(cell.start..<cell.end)) : CellTable.Cell(cell.start, cell.end)
    }
    table.rows[table.rowCount] = CellTable.Row(start: start, line: line - faults.firstLine)
    table.rowCount += 1
    return true
  }

  /// What is wrong with a row as such. Empty cells too many do no harm.
  private func fault(in row: DelimitedRow, _ text: Span<UInt8>) -> String? {
    if row.cellCount < columnCount || row.hasText(behind: columnCount) {
      return RowFault.width(row.cellCount, due: columnCount)
    }
    return row.isMalformed ? RowFault.malformed : RowFault.encoding(text)
  }
}
