import EventStore
import Outside
import SourceText

/// A file of events: delimited text, JSON or XES, plain, gzipped or zstd-compressed, a table of an SQLite database, or one
/// that DuckDB reads. What it is, its first bytes tell.
///
/// Opening it checks that it can be read as such; `load` makes a store of it. Rows that are no events are counted as bad,
/// and too many of them stop the load. The store is the same for any number of threads and any budget of memory.
package struct EventFile: Sendable {
  private enum Content: Sendable {
    case delimited(DelimitedEvents)
    case json(JSONEvents)
    case xes(XESEvents)
    case sqlite(SQLiteEvents)
  }

  /// What names of such files usually end with; what a file is, its bytes say.
  package static let endings: [String] = {
    let texts = ["csv", "tsv", "txt", "tab", "psv", "log", "json", "jsonl", "ndjson", "xes", "xml"]
    let tables = ["sqlite", "sqlite3", "db", "parquet", "xlsx", "duckdb", "arrow", "feather", "avro"]
    return texts + tables + texts.flatMap { [$0 + ".gz", $0 + ".zst"] }
  }()

  /// Nil for the table of a server.
  private let file: OpenFile?
  private let table: DuckDBTable?
  private let content: Content
  /// What tells a table from others in the same file.
  private let identity: String?

  /// The last part of the path, and the table behind it where the file has several.
  package let name: String
  /// Size of the file; of a server's table the bytes that came of it when it was loaded.
  package var bytes: Int { file?.size ?? table?.contents.withLock { $0?.length } ?? 0 }
  /// The events come from a server, so that nothing is known of them before they are loaded.
  package var isRemote: Bool { file == nil }

  /// Throws for what cannot be opened, is empty, or is plainly nothing that can be read.
  ///
  /// - Parameters:
  ///   - part: the table of a database or the sheet of a workbook; nil for the only or first one.
  ///   - duckDB: reads what we cannot.
  ///   - progress: asked while that works whether to go on.
  package init(
    _ file: OutsideFile, part: String? = nil, duckDB: DuckDB? = nil, progress: LoadProgress = LoadProgress()
  ) throws(Diagnostic) {
    try self.init(path: file.path, part: part, duckDB: duckDB, progress: progress)
  }

  init(
    path: String, part: String? = nil, duckDB: DuckDB? = nil, progress: LoadProgress = LoadProgress(),
    longestRow: Int = EventFileLimits.row
  ) throws(Diagnostic) {
    let file = try OpenFile(path: path)
    let source = try ByteSource(file)
    let size = 256 << 10
    let head = try source.bytes(size)
    if case .plain = source, let format = TableFormat(head, name: file.name) {
      guard let duckDB else { throw .noDuckDB(for: format, place: file.name) }
      let table = try DuckDBTable(
        format, in: file, at: path, shown: file.name, part: part, duckDB, progress)
      self.init(file, table, .delimited(try DelimitedEvents(.table(table), longestRow: longestRow)))
      return
    }
    if case .plain = source, SQLiteEvents.opens(with: head) {
      self.init(file, nil, .sqlite(try SQLiteEvents(file, at: path, part: part, progress)))
      return
    }
    if let part {
      throw Diagnostic(.loadNoTable, "the file holds no tables, and none is called '\(part)'", place: file.name)
    }
    if let json = JSONEvents(file, source, head: head, isWhole: head.count < size, longestRow: longestRow) {
      self.init(file, nil, .json(json))
    } else if let xes = XESEvents(file, source, head: head, longestRow: longestRow) {
      self.init(file, nil, .xes(xes))
    } else {
      self.init(file, nil, .delimited(try DelimitedEvents(source, longestRow: longestRow)))
    }
  }

  /// The table of a server.
  package init(_ server: ServerAddress, duckDB: DuckDB?, progress: LoadProgress) throws(Diagnostic) {
    guard let duckDB else { throw .noDuckDB(for: .postgres, place: server.shown) }
    let table = try DuckDBTable(
      .postgres, in: nil, at: server.url, shown: server.shown, part: server.part, duckDB, progress)
    let longestRow = EventFileLimits.row
    self.init(nil, table, .delimited(try DelimitedEvents(.table(table), longestRow: longestRow)))
  }

  private init(_ file: OpenFile?, _ table: DuckDBTable?, _ content: Content) {
    (self.file, self.table, self.content) = (file, table, content)
    if case .sqlite(let events) = content {
      (name, identity) = (events.name, events.part)
    } else {
      (name, identity) = (table?.name ?? file?.name ?? "", table?.identity)
    }
  }

  /// The same for the same events, as good as surely different for others: of all bytes of the file and the name of the
  /// table, or of what came from a server when it was loaded. Reads what `load` has not read.
  package func fingerprint(progress: LoadProgress = LoadProgress()) throws(Diagnostic) -> UInt64 {
    let whole = try file?.fingerprint(progress: progress) ?? UInt64(table?.contents.withLock { $0?.sum } ?? 0)
    guard let identity else { return whole }
    return stableHash(whole, stableHash(Array(identity.utf8).span))
  }

  /// Reads the whole file. Throws for missing roles, times that read two ways, too many bad rows and files that end too
  /// early; nothing has changed then.
  package func load(_ options: LoadOptions = LoadOptions(), progress: LoadProgress = LoadProgress())
    throws(Diagnostic) -> LoadedEvents
  {
    switch content {
    case .delimited(let events): try events.load(options, progress: progress)
    case .json(let events): try events.load(options, progress: progress)
    case .xes(let events): try events.load(options, progress: progress)
    case .sqlite(let events): try events.load(options, progress: progress)
    }
  }
}

extension Diagnostic {
  fileprivate static func noDuckDB(for format: TableFormat, place: String) -> Diagnostic {
    Diagnostic(
      .duckdbMissing, "\(format.phrase) is read by DuckDB's command line, and no 'duckdb' is on the PATH",
      hint: "pip install duckdb-cli", place: place)
  }
}

extension DiagnosticCode {
  package static let duckdbMissing = DiagnosticCode(
    "duckdb.missing", "The file is one that DuckDB's command line reads or writes for us, and it is not installed.")
}
