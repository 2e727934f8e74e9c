import EventStore
import Outside
import SourceText

/// A file of events, or the table of a server, in one of the formats that `EventFormat` lists. What it is, its first bytes
/// tell.
///
/// Opening it checks that it can be read as such; `load` makes a store of it. Rows that are no events are counted as bad,
/// and too many of them stop the load. The store is the same for any number of threads and any budget of memory.
package struct EventFile: Sendable {
  /// What names of such files usually end with.
  package static let endings: [String] = EventFormat.all.flatMap { format in
    let packed = format.isText ? Packing.allCases : []
    return format.endings.flatMap { ending in [ending] + packed.map { "\(ending).\($0.rawValue)" } }
  }

  /// What can be read: `CSV, …, and through DuckDB Parquet, …`.
  package static let formats: String = {
    func names(_ isOurs: Bool) -> String {
      EventFormat.all.reversed().filter { $0.isReadByDuckDB != isOurs }.map(\.name).joined(separator: ", ")
    }
    return "\(names(true)), and through DuckDB's command line \(names(false))"
  }()

  /// Nil for the table of a server.
  private let file: OpenFile?
  private let contents: any EventContents

  /// The last part of the path, and the table behind it where the file has several.
  package var name: String { contents.name }
  /// Size of the file; of a server's table the bytes that came of it when it was loaded.
  package var bytes: Int { file?.size ?? contents.received?.length ?? 0 }
  /// The events come from a server, so that nothing is known of them before they are loaded.
  package var isRemote: Bool { file == nil }

  /// Throws for what cannot be opened, is empty, or is plainly nothing that can be read.
  ///
  /// - Parameters:
  ///   - kind: what its rows are said to be, for hints.
  ///   - part: the table of a database or the sheet of a workbook; nil for the only or first one.
  ///   - duckDB: reads what we cannot.
  ///   - progress: asked while that works whether to go on.
  package init(
    _ file: OutsideFile, of kind: RowKind = .events, part: String? = nil, duckDB: DuckDB? = nil,
    progress: LoadProgress = LoadProgress()
  ) throws(Diagnostic) {
    try self.init(path: file.path, of: kind, part: part, duckDB: duckDB, progress: progress)
  }

  init(
    path: String, of kind: RowKind = .events, part: String? = nil, duckDB: DuckDB? = nil,
    progress: LoadProgress = LoadProgress(), longestRow: Int = EventFileLimits.row
  ) throws(Diagnostic) {
    try self.init(ByteSource(OpenFile(path: path)), of: kind, path: path, part, duckDB, progress, longestRow)
  }

  /// The table of a server.
  package init(
    _ server: ServerAddress, of kind: RowKind = .events, duckDB: DuckDB?, progress: LoadProgress
  ) throws(Diagnostic) {
    try self.init(.server(server), of: kind, path: server.url, server.part, duckDB, progress, EventFileLimits.row)
  }

  private init(
    _ source: ByteSource, of kind: RowKind, path: String, _ part: String?, _ duckDB: DuckDB?, _ progress: LoadProgress,
    _ longestRow: Int
  ) throws(Diagnostic) {
    let input = try EventInput(
      kind: kind, source: source, head: FileHead(of: source), path: path, part: part, duckDB: duckDB,
      progress: progress,
      longestRow: longestRow)
    let format = EventFormat.of(input)
    if format.isText, let part {
      throw Diagnostic(
        .loadNoTable, "the file holds no tables, and none is called '\(part)'", place: source.name)
    }
    file = source.file
    contents = try format.open(input)
  }

  /// The same for the same events, as good as surely different for others: of all bytes of the file and the name of the
  /// table, or of what came from a server when it was loaded. Reads what `load` has not read.
  package func fingerprint(progress: LoadProgress = LoadProgress()) throws(Diagnostic) -> UInt64 {
    let whole = try file?.fingerprint(progress: progress) ?? UInt64(contents.received?.sum ?? 0)
    guard let part = contents.part else { return whole }
    return stableHash(whole, stableHash(Array(part.utf8).span))
  }

  /// Reads the whole file. Throws for missing roles, times that read two ways, too many bad rows and files that end too
  /// early; nothing has changed then.
  package func load(_ options: LoadOptions = LoadOptions(), progress: LoadProgress = LoadProgress())
    throws(Diagnostic) -> LoadedEvents
  {
    try contents.load(options, progress: progress)
  }
}
