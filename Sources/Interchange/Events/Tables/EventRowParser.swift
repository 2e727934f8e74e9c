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
  private let customer: Int
  private let time: Int
  private let event: Int
  private let order: Int?
  private let isOrderGiven: Bool
  /// Columns that become properties; property i of the builder is column `properties[i]`.
  private let properties: [Int]

  private(set) var builder: EventStoreBuilder
  private(set) var times: TimeReader
  private(set) var badRows = BadRows()
  /// Line breaks passed so far.
  private(set) var lines = 0

  /// Rows that are taken at once.
  private static let tableSize = 2_048

  /// Nil unless the plan has a column for customer, time and event.
  ///
  /// - Parameters:
  ///   - texts: columns whose values are text, or times written as such, whatever else they may look like.
  ///   - builder: without rows and properties.
  init?(
    _ plan: ColumnPlan, _ scanner: DelimitedScanner, layout: TimeLayout, expected: [Int: Property.Kind],
    texts: Set<Int>, longestRow: Int, blockSize: Int, builder: EventStoreBuilder
  ) {
    guard let customer = plan.column(of: .customer), let time = plan.column(of: .time),
      let event = plan.column(of: .event)
    else { return nil }
    self.scanner = scanner
    cutter = CellCutter(
      delimiter: scanner.delimiter, columnCount: plan.names.count, keepsBlanks: scanner.keepsBlanks)
    columnCount = plan.names.count
    (self.longestRow, self.blockSize) = (longestRow, blockSize)
    (self.customer, self.time, self.event, order) = (customer, time, event, plan.column(of: .order))
    isOrderGiven = plan.roles.contains { $0.role == .order && $0.source == .given }
    properties = plan.properties
    self.builder = builder
    for column in properties {
      _ = self.builder.addProperty(
        plan.names[column], expected: expected[column], isText: texts.contains(column))
    }
    times = TimeReader(layout, in: builder.zone)
    self.builder.session = plan.column(of: .session).flatMap { plan.properties.firstIndex(of: $0) }
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
      if let failure = builder.failure { throw .noRoom(failure, file: file) }
      let taken = text.start - start
      used += taken
      progress.advance(bytes: text.stream.position - position, rows: builder.eventCount - known)
      (position, known) = (text.stream.position, builder.eventCount)
      if taken > 0 { continue }
      if text.isLast {
        if text.start < text.end {
          throw Diagnostic(.loadOpenQuote, "a quote is never closed", place: "\(file):\(lines + row.quoteLine + 1)")
        }
        break
      }
      guard try text.refill() else { throw .rowTooLong(longestRow, at: "\(file):\(lines + 1)") }
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
      lines += row.lineBreaks
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
    let firstLine = lines
    var faults = TableFaults(firstLine: firstLine)
    while text.start < end, table.rowCount < table.capacity {
      let first = table.rowCount
      let run = cutter.cut(
        text.bytes.span, from: text.start, to: text.end, before: end, line: lines - firstLine, into: &table)
      if run.hasHighBytes { faults.checkEncoding(table, first..<table.rowCount, text.bytes.span, end: run.next) }
      lines += table.rowCount - first
      text.start = run.next
      guard text.start < end, table.rowCount < table.capacity else { break }
      guard try parseCarefully(&text, &table, &row, &faults, file) else { break }
    }
    var (instants, orders): ([Int64], [Double]) = ([], [])
    read(table, text.bytes.span, &instants, &orders, &faults)
    if !faults.isEmpty {
      let bytes = text.bytes.span.extracting(first: text.end)
      badRows.add(faults.count, first: faults.described(table, bytes, scanner, isLast: text.isLast))
      faults.remove(from: &table, &instants, &orders)
    }
    builder.append(
      table, in: text.bytes.span, customer: customer, event: event, instants: instants, orders: orders,
      properties: properties)
  }

  /// Takes the next row, whatever it looks like; false if it is not whole.
  private mutating func parseCarefully<Stream: ByteStream>(
    _ text: inout TextBlock<Stream>, _ table: inout CellTable, _ row: inout DelimitedRow,
    _ faults: inout TableFaults, _ file: String
  ) throws(Diagnostic) -> Bool {
    let (start, line) = (text.start, lines)
    guard let next = text.scan(scanner, into: &row) else { return false }
    lines += row.lineBreaks
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

  /// Reads times and order values, one for each row, and notes rows that have no customer, time or event, or no order
  /// where one is due.
  private mutating func read(
    _ table: CellTable, _ bytes: Span<UInt8>, _ instants: inout [Int64], _ orders: inout [Double],
    _ faults: inout TableFaults
  ) {
    instants = Array(repeating: 0, count: table.rowCount)
    if order != nil { orders = Array(repeating: .nan, count: table.rowCount) }
    let cells = table.cells.span
    var target = instants.mutableSpan
    var first = 0
    for row in 0..<table.rowCount {
      let when = cells[first &+ time]
      if cells[first &+ customer].isEmpty {
        faults.note(RowFault.noCustomer, row: row)
      } else if cells[first &+ event].isEmpty {
        faults.note(RowFault.noEvent, row: row)
      } else if let instant = times.read(
        bytes, Int(when.start), Int(when.end), line: faults.firstLine &+ Int(table.rows[row].line) &+ 1)
      {
        target[row] = instant
        if let order, !cells[first &+ order].isEmpty {
          let cell = bytes.extracting(cells[first &+ order].range)
          if let number = cell.number {
            orders[row] = number
          } else if isOrderGiven {
            faults.note(RowFault.order(cell), row: row)
          }
        }
      } else {
        faults.note(RowFault.time(bytes.extracting(when.range)), row: row)
      }
      first &+= columnCount
    }
  }

  /// Deals out the rows so far, so that joining parts is cheap.
  mutating func seal() { builder.seal() }

  /// Adds what `later` parsed of the part of the file that follows.
  mutating func absorb(_ later: EventRowParser) {
    builder.absorb(later.builder)
    times.absorb(later.times, lines: lines)
    badRows.absorb(later.badRows, lines: lines)
    lines += later.lines
  }
}

extension Diagnostic {
  static var cancelled: Diagnostic { Diagnostic(.loadCancelled, "stopped; nothing has changed") }

  static func noRoom(_ failure: SpillFailure, file: String) -> Diagnostic {
    Diagnostic(
      .loadSpill, "rows that memory has no room for cannot be put aside: \(failure.reason)",
      hint: ".memory 8GB", place: file)
  }
}

extension DiagnosticCode {
  package static let loadSpill = DiagnosticCode(
    "load.spill", "Rows that memory has no room for go to a file beside the workspace, and it cannot be written.")
  package static let loadCancelled = DiagnosticCode(
    "load.cancelled", "The load was stopped. Nothing has changed.")
}
