import EventStore
import JourneyTime
import SourceText

/// Turns the rows of one part of an event file into events. Parts can be parsed at once and joined in the order of the
/// file.
struct EventRowParser: Sendable {
  private let scanner: DelimitedScanner
  private let columnCount: Int
  private let longestRow: Int
  private let customer: Int
  private let time: Int
  private let event: Int
  private let order: Int?
  private let isOrderGiven: Bool
  /// Columns that become properties; property i of the builder is column `properties[i]`.
  private let properties: [Int]

  private(set) var builder: EventStoreBuilder
  private(set) var times: TimeReader
  private(set) var badRows = 0
  private(set) var firstBadRows: [BadRow] = []
  /// Line breaks passed so far.
  private(set) var lines = 0

  static let keptBadRows = 5
  static let notUTF8 = "not UTF-8"

  /// Nil unless the plan has a column for customer, time and event.
  init?(_ plan: ColumnPlan, delimiter: UInt8, layout: TimeLayout, zone: Zone, longestRow: Int) {
    guard let customer = plan.column(of: .customer), let time = plan.column(of: .time),
      let event = plan.column(of: .event)
    else { return nil }
    scanner = DelimitedScanner(delimiter: delimiter)
    columnCount = plan.names.count
    self.longestRow = longestRow
    (self.customer, self.time, self.event, order) = (customer, time, event, plan.column(of: .order))
    isOrderGiven = plan.roles.contains { $0.role == .order && $0.source == .given }
    properties = plan.properties
    builder = EventStoreBuilder(zone: zone)
    for column in properties { _ = builder.addProperty(plan.names[column]) }
    times = TimeReader(layout, in: zone)
    builder.session = plan.column(of: .session).flatMap { plan.properties.firstIndex(of: $0) }
  }

  /// Parses the rows that begin before `limit` bytes of the stream are used (all if nil). Returns how many bytes were
  /// used: where the next row begins.
  mutating func parse(
    _ stream: some ByteStream, limit: Int? = nil, skipHeader: Bool, file: String, progress: LoadProgress
  ) throws(Diagnostic) -> Int {
    var buffer = RowBuffer(stream, longestRow: longestRow)
    var row = DelimitedRow()
    var (used, mustSkip, position) = (0, skipHeader, stream.position)
    while used < limit ?? .max {
      if progress.isCancelled { throw .cancelled }
      let rows = builder.eventCount
      let start = buffer.start
      let taken = try parseBuffered(&buffer, limit: limit.map { $0 - used }, &row, &mustSkip, file)
      buffer.start = start + taken
      used += taken
      progress.advance(bytes: buffer.stream.position - position, rows: builder.eventCount - rows)
      position = buffer.stream.position
      if used >= limit ?? .max { break }
      if buffer.isLast {
        if buffer.start < buffer.end {
          throw Diagnostic("load.open-quote", "a quote is never closed", place: "\(file):\(lines + row.quoteLine + 1)")
        }
        break
      }
      guard try buffer.refill() else {
        throw .rowTooLong(longestRow, at: "\(file):\(lines + 1)")
      }
    }
    return used
  }

  /// Parses what rows of the buffer are whole, up to those that begin at `limit`; returns how many bytes they are.
  private mutating func parseBuffered(
    _ buffer: inout RowBuffer<some ByteStream>, limit: Int?, _ row: inout DelimitedRow, _ mustSkip: inout Bool,
    _ file: String
  ) throws(Diagnostic) -> Int {
    let bytes = buffer.bytes.span.extracting(buffer.start..<buffer.end)
    let end = min(limit ?? .max, bytes.count)
    var start = 0
    while start < end {
      guard let next = scanner.scan(bytes, from: start, isLast: buffer.isLast, into: &row) else { break }
      if mustSkip {
        mustSkip = row.isBlank
      } else if !row.isBlank {
        if let fault = take(row, bytes, start..<next) {
          if !row.isTerminated, row.cells.count < columnCount {
            throw Diagnostic(
              "load.cut", "the file ends in the middle of a row: \(fault)", place: "\(file):\(lines + 1)")
          }
          note(fault, bytes, start..<next)
        }
      }
      lines += row.lineBreaks
      start = next
      if builder.eventCount >= Int(UInt32.max) - 1 {
        throw Diagnostic("load.too-many", "one load takes at most 4,294,967,294 events", place: "\(file):\(lines)")
      }
    }
    return start
  }

  /// Adds the row as an event, or says what is wrong with it and adds nothing.
  @inline(__always) private mutating func take(
    _ row: DelimitedRow, _ bytes: Span<UInt8>, _ range: Range<Int>
  ) -> String? {
    if row.cells.count != columnCount, let fault = fault(inWidthOf: row) { return fault }
    if row.isMalformed { return "text behind a closing quote" }
    if let fault = fault(inEncodingOf: bytes.extracting(range)) { return fault }
    guard row.cells[customer].start < row.cells[customer].end else { return "no customer" }
    guard row.cells[event].start < row.cells[event].end else { return "no event name" }
    let line = lines + 1
    let instant = row.withCell(time, in: bytes) { cell in times.read(cell, line: line) }
    guard let instant else { return row.withCell(time, in: bytes) { Self.faultInTime($0) } }
    var rank = Double.nan
    if let order, row.cells[order].start < row.cells[order].end {
      let number = row.withCell(order, in: bytes) { $0.number }
      if number == nil, isOrderGiven {
        return row.withCell(order, in: bytes) { "'\(Self.excerpt(of: $0, 40))' is no number to order by" }
      }
      rank = number ?? .nan
    }
    row.withCell(customer, in: bytes) { customer in
      row.withCell(event, in: bytes) { event in
        builder.append(customer: customer, event: event, instant: instant, order: rank)
      }
    }
    for (property, column) in properties.enumerated() where row.cells[column].start < row.cells[column].end {
      row.withCell(column, in: bytes) { builder.set(property, to: $0) }
    }
    return nil
  }

  /// Empty cells too many do no harm.
  private func fault(inWidthOf row: DelimitedRow) -> String? {
    let extra = row.cells.dropFirst(columnCount)
    if row.cells.count > columnCount, extra.allSatisfy({ $0.start == $0.end }) { return nil }
    return "\(row.cells.count) cell\(row.cells.count == 1 ? "" : "s"), \(columnCount) are due"
  }

  private func fault(inEncodingOf row: Span<UInt8>) -> String? {
    var (hasNull, isASCII) = (false, true)
    var offset = 0
    while row.count - offset >= 8 {
      // SAFETY: bytes have no padding; the load itself checks its eight bytes; any bits are a valid UInt64.
      let word = unsafe row.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      if word & 0x8080_8080_8080_8080 != 0 { isASCII = false }
      if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { hasNull = true }
      offset += 8
    }
    while offset < row.count {
      if row[offset] >= 0x80 { isASCII = false }
      if row[offset] == 0 { hasNull = true }
      offset += 1
    }
    if hasNull { return "a NUL byte" }
    if isASCII { return nil }
    return (try? UTF8Span(validating: row)) == nil ? Self.notUTF8 : nil
  }

  private static func faultInTime(_ cell: Span<UInt8>) -> String {
    cell.count == 0 ? "no time" : "'\(excerpt(of: cell, 40))' is no time"
  }

  private mutating func note(_ reason: String, _ bytes: Span<UInt8>, _ range: Range<Int>) {
    badRows += 1
    guard firstBadRows.count < Self.keptBadRows else { return }
    firstBadRows.append(
      BadRow(line: lines + 1, reason: reason, excerpt: Self.excerpt(of: bytes.extracting(range), 60)))
  }

  /// The first `limit` characters on one line.
  private static func excerpt(of bytes: Span<UInt8>, _ limit: Int) -> String {
    let text = String(bytes.extracting(first: min(bytes.count, limit * 4)))
    let shown = text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : String($0) }.joined()
    let trimmed = shown.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
    return trimmed.count > limit ? String(trimmed.prefix(limit)) + "…" : String(trimmed)
  }

  /// Adds what `later` parsed of the part of the file that follows.
  mutating func absorb(_ later: EventRowParser) {
    builder.absorb(later.builder)
    times.absorb(later.times, lines: lines)
    badRows += later.badRows
    for var row in later.firstBadRows.prefix(Self.keptBadRows - firstBadRows.count) {
      row.line += lines
      firstBadRows.append(row)
    }
    lines += later.lines
  }
}

extension Diagnostic {
  static var cancelled: Diagnostic { Diagnostic("load.cancelled", "stopped; nothing has changed") }

  static func rowTooLong(_ limit: Int, at place: String) -> Diagnostic {
    Diagnostic(
      "load.row-too-long", "a row is longer than \(limit >> 20) MB; a quote may be open", place: place)
  }
}
