import EventStore
import Foundation
import JourneyTime
import SourceText

/// A delimited file of events: CSV, TSV or the like. A row becomes an event if it has as many cells as the header, a
/// customer, a time and an event name.
struct DelimitedEvents: Sendable {
  private let head: FileHead
  private let longestRow: Int
  private var name: String { head.source.name }

  /// Throws for what is plainly no delimited text.
  init(_ source: ByteSource, longestRow: Int) throws(Diagnostic) {
    self.longestRow = longestRow
    head = try FileHead.read(source, longestRow: longestRow)
  }

  /// Reads the whole file. Throws for missing roles, times that read two ways, too many bad rows and files that end too
  /// early; nothing has changed then.
  func load(_ options: LoadOptions, progress: LoadProgress) throws(Diagnostic) -> LoadedEvents {
    guard !head.rows.isEmpty else { throw head.noRows(of: name, longestRow: longestRow) }
    let plan = try ColumnPlan(head: head, options: options, file: name)
    let first = head.rows.dropFirst(plan.hasHeader ? 1 : 0)
    guard !first.isEmpty else { throw head.noRows(of: name, longestRow: longestRow) }
    var reading = ColumnReading(of: first, plan, head.table, options)
    var parsed = try parse(plan, reading, options, progress)
    while try reading.learn(from: parsed, file: name) { parsed = try parse(plan, reading, options, progress) }
    try parsed.badRows.check(against: parsed.builder.eventCount, options, file: name)
    if progress.isCancelled { throw .cancelled }
    let draft = try parsed.builder.draft(options, progress, file: name)
    if progress.isCancelled { throw .cancelled }
    return LoadedEvents(draft: draft, summary: summary(of: parsed, draft.schema, plan, options.zone))
  }

  private func summary(of parsed: EventRowParser, _ schema: StoreSchema, _ plan: ColumnPlan, _ zone: Zone)
    -> LoadSummary
  {
    LoadSummary(
      rows: parsed.builder.eventCount, badRows: parsed.badRows.count, firstBadRows: parsed.badRows.first,
      roles: plan.roles, delimiter: head.table == nil ? Character(Unicode.Scalar(head.delimiter)) : nil,
      hasHeader: plan.hasHeader,
      timeLayout: parsed.times.layout, zone: zone, properties: schema.properties.map { ($0.name, $0.kind) },
      isCompressed: head.source.isCompressed, bytes: head.source.size)
  }
}

extension DelimitedEvents {
  /// Parses the whole file, in several parts at once if it is large.
  private func parse(
    _ plan: ColumnPlan, _ reading: ColumnReading, _ options: LoadOptions, _ progress: LoadProgress
  ) throws(Diagnostic) -> EventRowParser {
    let builder = EventStoreBuilder(
      zone: options.zone, expectedEvents: expectedEvents,
      spill: RowSpill(budget: options.memory / 2, folder: options.spillFolder), groupSize: options.groupSize)
    guard
      let fresh = EventRowParser(
        plan, head.scanner, layout: reading.layout, expected: reading.expected, texts: reading.texts,
        longestRow: longestRow, blockSize: options.blockSize, builder: builder)
    else {
      throw Diagnostic(.loadRoleMissing, "customer, time and event have no columns", place: name)
    }
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
      return parser
    }
    let cuts = FileCuts(
      file, from: head.textStart, scanner: head.scanner, columns: plan.names.count)
    let starts = cuts.starts(threads: options.threads ?? FileCuts.coreCount, leastSegment: options.leastSegment)
    let (name, hasHeader) = (name, plan.hasHeader)
    var parts = concurrentMap(count: starts.count) { index in
      Part(
        fresh, file, starts[index], limit: starts.indices.contains(index + 1) ? starts[index + 1] : nil,
        skipHeader: index == 0 && hasHeader, name, progress)
    }
    return try joined(&parts, file, starts, fresh, progress)
  }

  /// How many rows the file has if all are as long as the first ones.
  private var expectedEvents: Int {
    if let table = head.table { return table.rowCount }
    let length = head.rows.reduce(0) { $0 + $1.reduce($1.count) { $0 + $1.utf8.count } }
    let unpacked = head.source.isCompressed ? 6 * head.source.size : head.source.size
    return unpacked / max(1, length / max(1, head.rows.count))
  }

  /// Joins the parts in order. A part that does not begin where the one before it ended was cut inside a row, and is
  /// parsed again from there.
  private func joined(
    _ parts: inout [Part], _ file: OpenFile, _ starts: [Int], _ fresh: EventRowParser, _ progress: LoadProgress
  ) throws(Diagnostic) -> EventRowParser {
    var whole = fresh
    var end = starts.first ?? 0
    for index in parts.indices {
      let limit = starts.indices.contains(index + 1) ? starts[index + 1] : nil
      if starts[index] != end {
        if let limit, end >= limit { continue }
        parts[index] = Part(fresh, file, end, limit: limit, skipHeader: false, name, progress)
      }
      if let error = parts[index].error { throw error.movedDown(lines: whole.lines, in: name) }
      whole.absorb(parts[index].parser)
      end = parts[index].end
    }
    return whole
  }
}

/// One part of a file, parsed.
private struct Part: Sendable {
  var parser: EventRowParser
  /// Where the row behind the part begins.
  var end: Int
  var error: Diagnostic?

  /// Parses the rows that begin in `start ..< limit`.
  init(
    _ fresh: EventRowParser, _ file: OpenFile, _ start: Int, limit: Int?, skipHeader: Bool, _ name: String,
    _ progress: LoadProgress
  ) {
    parser = fresh
    end = start
    do {
      end += try parser.parse(
        FileStream(file, from: start), limit: limit.map { $0 - start }, skipHeader: skipHeader, file: name,
        progress: progress)
      parser.seal()
    } catch {
      self.error = error
    }
  }
}

extension Diagnostic {
  /// The same, `lines` lines further down.
  func movedDown(lines: Int, in file: String) -> Diagnostic {
    guard lines > 0, let place, let line = Int(place.dropFirst(file.count + 1)) else { return self }
    var moved = self
    moved.place = "\(file):\(line + lines)"
    return moved
  }
}
