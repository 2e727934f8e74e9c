import CSQLiteTrust
import Foundation
import GRDBSQLite
import SourceText

/// A database of others that is read, and never written to. Its views and virtual tables run as questions do, and neither
/// can do more than read this one file. Owned by one thread.
@safe final class SQLiteDatabase {
  let name: String
  let handle: OpaquePointer
  /// Outlives the handle, which asks it whether to go on.
  private let watch: Watch

  /// - Parameters:
  ///   - name: as messages show it.
  ///   - progress: asked, whatever SQLite is busy with, whether to go on.
  init(_ path: String, _ name: String, _ progress: LoadProgress) throws(Diagnostic) {
    self.name = name
    watch = Watch(progress)
    var opened: OpaquePointer?
    let status = unsafe sqlite3_open_v2(path, &opened, SQLITE_OPEN_READONLY, nil)
    guard let opened = unsafe opened else {
      throw Diagnostic(.fileUnreadable, "no memory to read the database", place: name)
    }
    unsafe handle = opened
    guard status == SQLITE_OK, unsafe sqlite_distrust(UnsafeMutableRawPointer(handle)) == SQLITE_OK else {
      throw failure(status)
    }
    watchOver()
    // A page that lies about its cells is an error, not a place to read from; the file is not mapped, since it may shrink.
    for setting in ["cell_size_check = on", "mmap_size = 0", "query_only = on"] {
      guard unsafe sqlite3_exec(handle, "PRAGMA \(setting)", nil, nil, nil) == SQLITE_OK else { throw failure(status) }
    }
    limit()
  }

  deinit { unsafe sqlite3_close_v2(handle) }

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
    guard status == SQLITE_OK, let statement = unsafe statement else { throw failure(status) }
    let rows = unsafe SQLiteRows(statement, of: self)
    let behind = text.utf8.dropFirst(used).contains { $0 > 0x20 }
    guard !behind, unsafe sqlite3_column_count(statement) > 0 else {
      throw Diagnostic(.loadSqlite, "one query is due, and nothing behind it", place: name)
    }
    return rows
  }

  /// What the last call, which gave `status`, complained of.
  func failure(_ status: Int32) -> Diagnostic {
    switch status {
    case SQLITE_INTERRUPT: return .cancelled
    case SQLITE_TOOBIG: return .rowTooLong(EventFileLimits.row, at: name)
    case SQLITE_BUSY where watch.progress.isCancelled: return .cancelled
    default:
      // SAFETY: the library's text ends in 0 and is copied at once.
      return Diagnostic(.loadSqlite, "SQLite: \(unsafe String(cString: sqlite3_errmsg(handle)))", place: name)
    }
  }
}

extension SQLiteDatabase {
  /// What SQLite may be asked to do is to read; all else in a question, a view or a virtual table is not authorized.
  private func limit() {
    unsafe sqlite3_set_authorizer(
      handle,
      { _, action, first, second, _, _ in
        // SAFETY: names are null or end in 0.
        let name = unsafe (action == SQLITE_FUNCTION ? second : first).map { unsafe String(cString: $0) }
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
        // Full-text and spatial tables prepare writes when they are opened; the file is open for reading alone.
        case SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE: return SQLITE_OK
        // The first loads a program, the second tells addresses of memory.
        case SQLITE_FUNCTION where !["load_extension", "fts3_tokenizer"].contains(name?.lowercased()): return SQLITE_OK
        // Full-text tables ask themselves whether the file has changed.
        case SQLITE_PRAGMA where unsafe second == nil && name == "data_version": return SQLITE_OK
        default: return SQLITE_DENY
        }
      }, nil)
    let limits: [(Int32, Int32)] = [
      (SQLITE_LIMIT_LENGTH, Int32(EventFileLimits.row)), (SQLITE_LIMIT_SQL_LENGTH, 1_000_000),
      (SQLITE_LIMIT_COLUMN, 2_000), (SQLITE_LIMIT_EXPR_DEPTH, 200), (SQLITE_LIMIT_COMPOUND_SELECT, 100),
      (SQLITE_LIMIT_VDBE_OP, 1_000_000), (SQLITE_LIMIT_FUNCTION_ARG, 100), (SQLITE_LIMIT_ATTACHED, 0),
      (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000), (SQLITE_LIMIT_TRIGGER_DEPTH, 1), (SQLITE_LIMIT_WORKER_THREADS, 0),
    ]
    for (kind, most) in limits { _ = unsafe sqlite3_limit(handle, kind, most) }
  }

  /// Steps of SQLite's machine between two looks at whether to go on: some microseconds.
  private static let stepsBetween: Int32 = 500
  /// As long as others may keep the database to themselves, in hundredths of a second.
  private static let mostWaits: Int32 = 200

  /// Has SQLite ask whether to go on, while it works and while it waits for others.
  private func watchOver() {
    // SAFETY: the object lives as long as the handle does.
    let watch = unsafe Unmanaged.passUnretained(watch).toOpaque()
    unsafe sqlite3_progress_handler(
      handle, Self.stepsBetween,
      { watch in
        guard let watch = unsafe watch else { return 1 }
        return unsafe Unmanaged<Watch>.fromOpaque(watch).takeUnretainedValue().goesOn() ? 0 : 1
      }, watch)
    unsafe sqlite3_busy_handler(
      handle,
      { watch, waits in
        guard let watch = unsafe watch, waits < SQLiteDatabase.mostWaits,
          unsafe Unmanaged<Watch>.fromOpaque(watch).takeUnretainedValue().goesOn()
        else { return 0 }
        usleep(10_000)
        return 1
      }, watch)
  }

  /// Tells how far a load is, now and then, and asks each time whether to go on.
  private final class Watch {
    let progress: LoadProgress
    private var calls = 0

    init(_ progress: LoadProgress) { self.progress = progress }

    func goesOn() -> Bool {
      calls &+= 1
      if calls & 0x3FF == 1 { progress.tell() }
      return !progress.isCancelled
    }
  }
}

extension DiagnosticCode {
  package static let loadSqlite = DiagnosticCode(
    "load.sqlite", "SQLite cannot read the database, or the query in the file string; the message has its own words.")
}
