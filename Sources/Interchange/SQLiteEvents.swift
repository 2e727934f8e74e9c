import GRDBSQLite
import SourceText

/// A table of an SQLite database, or what a query to it gives: each row an event.
struct SQLiteEvents: RecordSource {
  static let noun = "rows"
  let file: OpenFile
  let source: ByteSource
  let name: String
  /// The table's name, or the query.
  let part: String
  private let path: String
  private let query: String
  private let rowCount: Int

  static func opens(with head: [UInt8]) -> Bool { head.starts(with: "SQLite format 3\0".utf8) }

  /// - Parameter part: table or query; nil for the only table.
  init(_ file: OpenFile, at path: String, part: String?) throws(Diagnostic) {
    let database = try SQLiteDatabase(path, file.name)
    let listing = """
      SELECT name FROM sqlite_schema
      WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
      """
    let rows = try database.query(listing)
    var entries: [DatabaseTables.Entry] = []
    while try rows.next() { entries.append(.init(schema_name: "main", table_name: rows.text(0))) }
    let choice = try DatabaseTables(entries).choose(part, of: file.name)
    switch choice {
    case .table(let entry): query = "SELECT * FROM \(entry.table_name.namedInSQL)"
    case .query(let text): query = text
    }
    let counted = try database.query("SELECT count(*) FROM (\(query))")
    rowCount = try counted.next() ? Int(counted.number(0)) : 0
    (self.file, self.path, self.part, source) = (file, path, choice.name, .plain(file))
    name = "\(file.name)#\(choice.name)"
  }

  func starts(_ options: LoadOptions) -> [Int] { [0] }

  func shape(among paths: [String]) -> ExportShape? { ExportShape.recognised(among: paths) }

  func firstRecords(_ options: LoadOptions, _ progress: LoadProgress) throws(Diagnostic) -> RecordSurvey? {
    let rows = try SQLiteDatabase(path, name).query(query)
    var (survey, text) = (RecordSurvey(zone: options.zone), [UInt8]())
    while survey.records < RecordSurvey.mostFirst, try rows.next() {
      if rows.write(to: &text) == nil { survey.add(rows) }
    }
    guard survey.records > 0 else { return nil }
    survey.become(guessOf: rowCount)
    return survey
  }

  /// Lines are rows here.
  func scan(
    part: Int, of starts: [Int], _ progress: LoadProgress,
    _ body: (SQLiteRows, _ fault: String?, Span<UInt8>, _ line: Int) throws(Diagnostic) -> Int
  ) throws(Diagnostic) -> Int {
    let rows = try SQLiteDatabase(path, name).query(query)
    var (line, reported, known, text) = (0, 0, 0, [UInt8]())
    while try rows.next() {
      line += 1
      let fault = rows.write(to: &text)
      let taken = try body(rows, fault, text.span, line)
      guard line % 4_096 == 0 || line == rowCount else { continue }
      if progress.isCancelled { throw .cancelled }
      let position = Int(Double(file.size) * min(1, Double(line) / Double(max(1, rowCount))))
      progress.advance(bytes: position - reported, rows: taken - known)
      (reported, known) = (position, taken)
    }
    return line
  }
}

/// A database that is read, and never written to.
@safe private final class SQLiteDatabase {
  fileprivate let name: String
  fileprivate let handle: OpaquePointer

  init(_ path: String, _ name: String) throws(Diagnostic) {
    self.name = name
    var opened: OpaquePointer?
    let status = unsafe sqlite3_open_v2(path, &opened, SQLITE_OPEN_READONLY, nil)
    guard let opened = unsafe opened else {
      throw Diagnostic("file.unreadable", "no memory to read the database", place: name)
    }
    unsafe handle = opened
    guard status == SQLITE_OK else { throw failure }
    unsafe sqlite3_busy_timeout(handle, 2_000)
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  /// What the last call complained of.
  var failure: Diagnostic {
    // SAFETY: the library's text ends in 0 and is copied at once.
    Diagnostic("load.sqlite", "SQLite: \(unsafe String(cString: sqlite3_errmsg(handle)))", place: name)
  }

  /// The rows of one statement that reads.
  func query(_ text: String) throws(Diagnostic) -> SQLiteRows {
    var statement: OpaquePointer?
    let length = Int32(clamping: text.utf8.count)
    var used = 0
    let status = unsafe text.withCString { start in
      var rest: UnsafePointer<CChar>?
      let status = unsafe sqlite3_prepare_v2(handle, start, length, &statement, &rest)
      // SAFETY: the rest lies within the text.
      if let rest = unsafe rest { used = unsafe rest - start }
      return status
    }
    guard status == SQLITE_OK, let statement = unsafe statement else { throw failure }
    let rows = unsafe SQLiteRows(statement, of: self)
    let behind = text.utf8.dropFirst(used).contains { $0 > 0x20 }
    guard !behind, unsafe sqlite3_column_count(statement) > 0 else {
      throw Diagnostic("load.sqlite", "one query is due, and nothing behind it", place: name)
    }
    return rows
  }
}

/// The rows of a query, one after another, of which the last is at hand. Owned by one thread.
@safe final class SQLiteRows: RecordReader {
  private let statement: OpaquePointer
  private let database: SQLiteDatabase
  let paths: [String]
  var count: Int { paths.count }

  fileprivate init(_ statement: OpaquePointer, of database: SQLiteDatabase) {
    unsafe self.statement = statement
    self.database = database
    var (names, known): ([String], Set<String>) = ([], [])
    let columns = unsafe sqlite3_column_count(statement)
    for index in 0..<columns {
      // SAFETY: the library's text ends in 0 and is copied at once.
      let written = unsafe sqlite3_column_name(statement, index).map { unsafe String(cString: $0) } ?? ""
      let plain = written.isEmpty ? "column_\(index + 1)" : written
      var (name, number) = (plain, 2)
      while !known.insert(name).inserted { (name, number) = ("\(plain)_\(number)", number + 1) }
      names.append(name)
    }
    paths = names
  }

  deinit { unsafe sqlite3_finalize(statement) }

  /// Goes to the next row; false behind the last one.
  fileprivate func next() throws(Diagnostic) -> Bool {
    switch unsafe sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw database.failure
    }
  }

  fileprivate func text(_ column: Int) -> String { withText(column) { String($0) } }

  /// Writes the row as text to `text`, cells with commas between them; what is wrong with it if something is.
  fileprivate func write(to text: inout [UInt8]) -> String? {
    text.removeAll(keepingCapacity: true)
    for column in 0..<count {
      if column > 0 { text.append(UInt8(ascii: ",")) }
      withText(column) { text.append(copying: $0) }
    }
    return RowFault.encoding(text.span)
  }

  func path(of index: Int) -> Int { index }

  func value(_ index: Int) -> RecordValue {
    switch unsafe sqlite3_column_type(statement, Int32(index)) {
    case SQLITE_INTEGER: unsafe sqlite3_column_int64(statement, Int32(index)).magnitude <= 1 << 53 ? .number : .big
    case SQLITE_FLOAT: number(index).isFinite ? .number : .missing
    case SQLITE_NULL: .missing
    default: .text
    }
  }

  func number(_ index: Int) -> Double { unsafe sqlite3_column_double(statement, Int32(index)) }

  func withText<Result>(_ index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    // Of a number too: SQLite would convert it in place, and forget what it was.
    let type = unsafe sqlite3_column_type(statement, Int32(index))
    if type == SQLITE_INTEGER {
      let digits = Array(String(unsafe sqlite3_column_int64(statement, Int32(index))).utf8)
      return body(digits.span)
    }
    if type == SQLITE_FLOAT { return body(Array(number(index).description.utf8).span) }
    let start = unsafe sqlite3_column_blob(statement, Int32(index))
    let length = Int(unsafe sqlite3_column_bytes(statement, Int32(index)))
    // SAFETY: the library says how long the value is, and keeps it until the next row.
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : length)
    return body(unsafe bytes.bindMemory(to: UInt8.self).span)
  }
}
