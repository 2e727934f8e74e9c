import EventStore
import JourneyTime
import SourceText

/// A delimited file of events: CSV, TSV or the like, plain, gzipped or zstd-compressed.
///
/// Opening it checks that it can be read as such and takes its fingerprint; `load` makes a store of it. A row becomes
/// an event if it has as many cells as the header, a customer, a time and an event name; other rows are counted as bad,
/// and too many of them stop the load. The store is the same for any number of threads.
package struct EventFile {
  private let file: OpenFile
  private let head: FileHead
  private let longestRow: Int
  /// The same for the same bytes, as good as surely different for others.
  package let fingerprint: UInt64

  /// The last part of the path.
  package var name: String { file.name }
  /// Size of the file.
  package var bytes: Int { file.size }

  /// Throws for what cannot be opened, is empty, or is plainly no delimited text.
  package init(path: String, progress: LoadProgress = LoadProgress()) throws(Diagnostic) {
    try self.init(path: path, longestRow: RowBuffer<FileStream>.longestRow, progress: progress)
  }

  init(path: String, longestRow: Int, progress: LoadProgress) throws(Diagnostic) {
    self.longestRow = longestRow
    file = try OpenFile(path: path)
    head = try FileHead.read(file, longestRow: longestRow)
    fingerprint = try file.fingerprint(progress: progress)
  }

  /// Reads the whole file. Throws for missing roles, times that read two ways, too many bad rows and files that end too
  /// early; nothing has changed then.
  package func load(_ options: LoadOptions = LoadOptions(), progress: LoadProgress = LoadProgress())
    throws(Diagnostic) -> LoadedEvents
  {
    guard !head.rows.isEmpty else { throw head.noRows(of: name, longestRow: longestRow) }
    let plan = try ColumnPlan(head: head, options: options, file: name)
    let first = head.rows.dropFirst(plan.hasHeader ? 1 : 0)
    guard !first.isEmpty else { throw head.noRows(of: name, longestRow: longestRow) }
    var layout = TimeLayout.yearFirst
    if let column = plan.column(of: .time) {
      layout = TimeLayout.detected(in: first.compactMap { $0.indices.contains(column) ? $0[column] : nil }) ?? layout
    }
    var parsed = try parse(plan, layout, options, progress)
    if case .instead(let other) = try parsed.times.verdict(file: name) {
      layout = other
      parsed = try parse(plan, layout, options, progress)
    }
    try check(parsed, options)
    if progress.isCancelled { throw .cancelled }
    let store = parsed.builder.finish(buckets: options.buckets)
    return LoadedEvents(store: store, summary: summary(of: parsed, store, plan, options.zone))
  }

  private func check(_ parsed: EventRowParser, _ options: LoadOptions) throws(Diagnostic) {
    let rows = parsed.builder.eventCount + parsed.badRows
    guard rows > 0 else { throw Diagnostic("load.no-rows", "the file has no rows but its header", place: name) }
    guard Double(parsed.badRows) > options.maxBadShare * Double(rows) || parsed.builder.eventCount == 0,
      let first = parsed.firstBadRows.first
    else { return }
    let limit = Self.percent(options.maxBadShare)
    throw Diagnostic(
      "load.bad-rows", "bad rows: \(parsed.badRows) of \(rows), more than \(limit); the first: \(first.reason)",
      hint: first.reason == EventRowParser.notUTF8 ? "iconv -f windows-1252 -t utf-8" : nil,
      place: "\(name):\(first.line)")
  }

  private static func percent(_ share: Double) -> String {
    let percent = (share * 10_000).rounded() / 100
    return percent == percent.rounded() ? "\(Int(percent))%" : "\(percent)%"
  }

  private func summary(of parsed: EventRowParser, _ store: EventStore, _ plan: ColumnPlan, _ zone: Zone) -> LoadSummary
  {
    LoadSummary(
      rows: store.eventCount, badRows: parsed.badRows, firstBadRows: parsed.firstBadRows,
      customers: store.customerCount,
      span: store.span.map { Instant(microseconds: $0.lowerBound)...Instant(microseconds: $0.upperBound) },
      roles: plan.roles, delimiter: Character(Unicode.Scalar(head.delimiter)), hasHeader: plan.hasHeader,
      timeLayout: parsed.times.layout, zone: zone,
      properties: store.schema.properties.map { ($0.name, $0.kind) }, isCompressed: head.source.isCompressed,
      bytes: file.size, fingerprint: fingerprint)
  }
}

extension EventFile {
  /// Parses the whole file, in several parts at once if it is large.
  private func parse(_ plan: ColumnPlan, _ layout: TimeLayout, _ options: LoadOptions, _ progress: LoadProgress)
    throws(Diagnostic) -> EventRowParser
  {
    guard
      let fresh = EventRowParser(
        plan, delimiter: head.delimiter, layout: layout, zone: options.zone, longestRow: longestRow)
    else {
      throw Diagnostic("load.role-missing", "customer, time and event have no columns", place: name)
    }
    progress.begin(bytes: file.size)
    if head.source.isCompressed {
      var parser = fresh
      var stream = try head.source.stream()
      var mark = [UInt8](repeating: 0, count: head.textStart)
      var skipped = 0
      while skipped < mark.count {
        skipped += max(1, try stream.read(into: &mark, at: skipped, room: mark.count - skipped))
      }
      _ = try parser.parse(stream, skipHeader: plan.hasHeader, file: name, progress: progress)
      return parser
    }
    let cuts = FileCuts(
      file, from: head.textStart, scanner: DelimitedScanner(delimiter: head.delimiter), columns: plan.names.count)
    let starts = cuts.starts(threads: options.threads ?? FileCuts.coreCount, leastSegment: options.leastSegment)
    let (file, name, hasHeader) = (self.file, self.name, plan.hasHeader)
    var parts = concurrentMap(count: starts.count) { index in
      Part(
        fresh, file, starts[index], limit: starts.indices.contains(index + 1) ? starts[index + 1] : nil,
        skipHeader: index == 0 && hasHeader, name, progress)
    }
    return try joined(&parts, starts, fresh, progress)
  }

  /// Joins the parts in order. A part that does not begin where the one before it ended was cut inside a row, and is
  /// parsed again from there.
  private func joined(_ parts: inout [Part], _ starts: [Int], _ fresh: EventRowParser, _ progress: LoadProgress)
    throws(Diagnostic) -> EventRowParser
  {
    var whole = fresh
    var end = starts.first ?? 0
    for index in parts.indices {
      let limit = starts.indices.contains(index + 1) ? starts[index + 1] : nil
      if starts[index] != end {
        if let limit, end >= limit { continue }
        parts[index] = Part(fresh, file, end, limit: limit, skipHeader: false, name, progress)
      }
      if let error = parts[index].error { throw error.movedDown(lines: whole.lines, in: name) }
      if index == 0 {
        // Moved, not shared: what is added next would copy it.
        swap(&whole, &parts[index].parser)
      } else {
        whole.absorb(parts[index].parser)
      }
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
    } catch {
      self.error = error
    }
  }
}

extension Diagnostic {
  /// The same, `lines` lines further down.
  fileprivate func movedDown(lines: Int, in file: String) -> Diagnostic {
    guard lines > 0, let place, let line = Int(place.dropFirst(file.count + 1)) else { return self }
    var moved = self
    moved.place = "\(file):\(line + lines)"
    return moved
  }
}
