import Foundation
import GRDB
import GRDBSQLite
import Interchange
import SourceText
import TestSupport

extension FuzzTarget {
  /// SQLite's files, as the statements of SQL that make one, or byte by byte.
  package static let databases = FuzzTarget(
    "databases",
    words: Cells.words + [
      "CREATE TABLE visits (", "user_id", "ts", "event", "INTEGER", "TEXT", "BLOB", "REAL", "GENERATED ALWAYS AS (",
      "WITHOUT ROWID",
      "STRICT", "INSERT INTO visits VALUES (", "NULL", "x'00ff'", "zeroblob(9)",
      "CREATE VIEW v AS SELECT * FROM visits;",
      "CREATE VIRTUAL TABLE t USING fts5(a);", "PRAGMA writable_schema = ON;", "UPDATE sqlite_master SET sql = '",
      "char(0)",
    ],
    example: { Array(Rows.database(&$0).utf8) },
    read: { bytes in
      let scratch = try Scratch()
      let file = try scratch.file("events.db")
      if bytes.starts(with: Array("SQLite format 3\0".utf8)) {
        try scratch.file("events.db", holding: bytes)
      } else {
        try HostileSQL(String(decoding: bytes, as: UTF8.self)).run(on: DatabaseQueue(path: file.path))
      }
      let outcomes = try [(nil, 1), (nil, 4), ("visits", 1), ("v", 2)].map {
        try EventFileReading.outcome(of: file, part: $0.0, threads: $0.1, in: scratch)
      }
      if outcomes[0] != outcomes[1] {
        throw Contradiction("not the same by 4 threads:\n\(outcomes[0])\n\(outcomes[1])")
      }
    })
}

/// Statements of SQL that nobody vouches for.
struct HostileSQL {
  let text: String

  init(_ text: String) { self.text = text }

  /// Whether it reaches other files, or never ends.
  private var isHarmless: Bool {
    let text = text.lowercased()
    return !["attach", "vacuum", "recursive", "tokenizer", "load_extension", "directory"].contains(where: text.contains)
  }

  /// Does as much of it as SQLite takes; what fails is left out.
  func run(on queue: DatabaseQueue) throws {
    guard isHarmless else { return }
    queue.inDatabase { database in
      for statement in text.split(separator: ";") {
        Self.limit(database)
        try? database.execute(sql: String(statement))
      }
      if database.isInsideTransaction { try? database.execute(sql: "COMMIT") }
    }
    try queue.close()
  }

  /// Each statement ends after ten million steps of SQLite's machine.
  private static func limit(_ database: Database) {
    // SAFETY: the connection is open, and the handler, which needs no context, always says to stop.
    guard let connection = unsafe database.sqliteConnection else { return }
    unsafe sqlite3_progress_handler(connection, 10_000_000, { _ in 1 }, nil)
  }
}

/// Databases by chance.
private enum Rows {
  static func database(_ random: inout SeededRandom) -> String {
    let kinds = [
      "", " TEXT", " INTEGER", " REAL", " BLOB", " TEXT NOT NULL", " INTEGER PRIMARY KEY",
      " GENERATED ALWAYS AS (ts || 1)",
    ]
    let columns = Int.random(in: 0...3, using: &random)
    let names = ["user_id", "ts", "event"] + (0..<columns).map { "p\($0)" }
    let declared = names.map { $0 + (kinds.randomElement(using: &random) ?? "") }.joined(separator: ", ")
    var lines = ["CREATE TABLE visits (\(declared));"]
    for number in 0..<Int.random(in: 0...8, using: &random) {
      let time = Bool.random(using: &random) ? "'2025-01-01T10:00:00Z'" : value(&random)
      let values = ["'u\(number % 3)'", time, "'e\(number)'"] + (0..<columns).map { _ in value(&random) }
      lines.append("INSERT INTO visits VALUES (\(values.joined(separator: ", ")));")
    }
    if Bool.random(using: &random) { lines.append("CREATE VIEW v AS SELECT * FROM visits;") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func value(_ random: inout SeededRandom) -> String {
    let word = Cells.words.randomElement(using: &random) ?? ""
    return [
      "NULL", "x'00ff'", "1", "-1.5", "9e999", "'\(word)'", "'\(word)'", "CAST(x'ff' AS TEXT)", "zeroblob(3)",
      "char(0)",
    ]
    .randomElement(using: &random) ?? "1"
  }
}
