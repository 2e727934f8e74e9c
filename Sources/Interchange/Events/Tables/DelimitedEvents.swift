import EventStore
import SourceText

extension EventFormat {
  static let delimited = EventFormat(
    name: "CSV, TSV and the like", endings: ["csv", "tsv", "txt", "tab", "psv", "log"], isText: true,
    fits: { _ in true },
    open: DelimitedEvents.init)
}

/// A delimited file of events: CSV, TSV or the like. A row becomes an event if it has as many cells as the header, a
/// customer, a time and an event name.
struct DelimitedEvents: EventContents {
  private let head: TableHead
  private let longestRow: Int

  var name: String { head.source.name }
  var part: String? { head.table?.identity }
  var received: (length: Int, sum: UInt32)? { head.table?.contents.withLock { $0 } }

  /// Throws for what is plainly no delimited text.
  init(_ input: EventInput) throws(Diagnostic) {
    longestRow = input.longestRow
    head = try TableHead.read(input.source, input.head, longestRow: longestRow)
  }

  init(_ table: DuckDBTable, longestRow: Int) throws(Diagnostic) {
    self.longestRow = longestRow
    let source = ByteSource.table(table)
    head = try TableHead.read(source, FileHead(of: source, size: TableHead.size), longestRow: longestRow)
  }

  func load(_ options: LoadOptions, progress: LoadProgress) throws(Diagnostic) -> LoadedEvents {
    guard !head.rows.isEmpty else { throw head.noRows(of: name, longestRow: longestRow) }
    let plan = try ColumnPlan(head: head, options: options, file: name)
    let first = head.rows.dropFirst(plan.hasHeader ? 1 : 0)
    guard !first.isEmpty else { throw head.noRows(of: name, longestRow: longestRow) }
    var reading = ColumnReading(of: first, plan, head.table, options)
    var parsed = try parse(plan, reading, options, progress)
    while try reading.learn(from: parsed, file: name) { parsed = try parse(plan, reading, options, progress) }
    if let joining = options.joining(parsed, plan) {
      parsed.dropRows()
      let joined = try parse(plan, reading, joining, progress)
      parsed = joined.saying(parsed.pairs)
    }
    return try parsed.load(
      of: head.source, called: name, plan, options, progress, delimiter: head.table == nil ? head.delimiter : nil)
  }
}

extension DelimitedEvents {
  /// Parses the whole file, in several parts at once if it is large.
  private func parse(
    _ plan: ColumnPlan, _ reading: ColumnReading, _ options: LoadOptions, _ progress: LoadProgress
  ) throws(Diagnostic) -> ParsedEvents {
    let fresh = EventRowParser(
      plan, reading, head.scanner, longestRow: longestRow, blockSize: options.blockSize,
      parsed: ParsedEvents(reading.layout, in: options.zone, expected: expectedEvents, options))
    progress.begin(bytes: head.source.size)
    guard case .plain(let file) = head.source else {
      var parser = fresh
      var stream = ReadAheadStream { [source = head.source] () throws(Diagnostic) in try source.stream() }
      var mark = [UInt8](repeating: 0, count: head.textStart)
      var skipped = 0
      while skipped < mark.count {
        skipped += max(1, try stream.read(into: &mark, at: skipped, room: mark.count - skipped))
      }
      _ = try parser.parse(stream, skipHeader: plan.hasHeader, file: name, progress: progress)
      return parser.parsed
    }
    let cuts = FileCuts(file: file, start: head.textStart, rows: (head.scanner, plan.names.count))
    let starts = cuts.starts(options)
    @Sendable func part(_ index: Int, from start: Int) -> Result<Part, Diagnostic> {
      Result { () throws(Diagnostic) in
        var parser = fresh
        let limit = starts.indices.contains(index + 1) ? starts[index + 1] - start : nil
        let used = try parser.parse(
          FileStream(file, from: start), limit: limit, skipHeader: index == 0 && plan.hasHeader, file: name,
          progress: progress)
        try parser.parsed.endPart(of: name)
        return Part(parsed: parser.parsed, end: start + used)
      }
    }
    let parts = concurrentMap(count: starts.count) { part($0, from: starts[$0]) }
    // A part that does not begin where the one before it ended was cut inside a row, and is parsed again from there.
    var (whole, end) = (fresh.parsed, starts[0])
    for index in parts.indices where index + 1 == starts.count || end < starts[index + 1] {
      do throws(Diagnostic) {
        let part = try (starts[index] == end ? parts[index] : part(index, from: end)).get()
        whole.absorb(part.parsed)
        end = part.end
      } catch {
        throw error.movedDown(lines: whole.lines, in: name)
      }
    }
    return whole
  }

  /// One part of a file, and where the row behind it begins.
  private struct Part: Sendable {
    var parsed: ParsedEvents
    var end: Int
  }

  /// How many rows the file has if all are as long as the first ones.
  private var expectedEvents: Int {
    if let table = head.table { return table.rowCount }
    let length = head.rows.reduce(0) { $0 + $1.reduce($1.count) { $0 + $1.utf8.count } }
    let unpacked = head.source.isCompressed ? 6 * head.source.size : head.source.size
    return unpacked / max(1, length / max(1, head.rows.count))
  }
}
