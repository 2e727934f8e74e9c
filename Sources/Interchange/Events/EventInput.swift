/// A file or a server that events are read from, and what it begins with: what its format is told by.
struct EventInput: Sendable {
  /// Bytes of text that are read at once.
  static let blockSize = 256 << 10

  /// What its rows are said to be.
  var kind = RowKind.events
  let source: ByteSource
  let head: FileHead
  /// Of the file; of a server the URL.
  let path: String
  /// The table of a database, the sheet of a workbook, or a query; nil for the only or first one.
  let part: String?
  /// Reads what we cannot.
  let duckDB: DuckDB?
  /// Asked while a file is opened whether to go on.
  let progress: LoadProgress
  /// Bytes that a row may have.
  let longestRow: Int
}
