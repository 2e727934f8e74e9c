import GRDBSQLite
import SourceText

/// The rows of a query, one after another, of which the last is at hand. Owned by one thread.
@safe final class SQLiteRows: RecordReader {
  private let statement: OpaquePointer
  private let database: SQLiteDatabase
  let paths: [String]
  var count: Int { paths.count }

  init(_ statement: OpaquePointer, of database: SQLiteDatabase) {
    unsafe self.statement = statement
    self.database = database
    var names = UniqueNames()
    let columns = unsafe sqlite3_column_count(statement)
    for index in 0..<columns {
      // SAFETY: the library's text ends in 0 and is copied at once.
      let written = unsafe sqlite3_column_name(statement, index).map { unsafe String(cString: $0) } ?? ""
      names.add(written.isEmpty ? "column_\(index + 1)" : written)
    }
    paths = names.all
  }

  deinit { unsafe sqlite3_finalize(statement) }

  /// Goes to the next row; false behind the last one.
  func next() throws(Diagnostic) -> Bool {
    let status = unsafe sqlite3_step(statement)
    guard status != SQLITE_ROW else { return true }
    guard status == SQLITE_DONE else { throw database.failure(status) }
    return false
  }

  func text(_ column: Int) -> String { withText(column) { String($0) } }

  /// Writes the row as text to `text`, cells with commas between them; what is wrong with it if something is. Throws for a
  /// row that is too long: one value may stand in many columns.
  func write(to text: inout [UInt8]) throws(Diagnostic) -> String? {
    text.removeAll(keepingCapacity: true)
    for column in 0..<count {
      if column > 0 { text.append(UInt8(ascii: ",")) }
      withText(column) { text.append(copying: $0) }
      guard text.count <= EventFileLimits.row else { throw .rowTooLong(EventFileLimits.row, at: database.name) }
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
