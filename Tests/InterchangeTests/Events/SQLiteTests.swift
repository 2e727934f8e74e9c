import EventStore
import Foundation
import GRDB
import SourceText
import Testing

@testable import Interchange

@Suite struct SQLiteTests {
  private func made<Result>(_ statements: String, _ body: (String) throws -> Result) throws -> Result {
    try withFile([], name: "shop.db") { path throws in
      try DatabaseQueue(path: path).write { try $0.execute(sql: statements) }
      return try body(path)
    }
  }

  private func loaded(_ path: String, _ part: String? = nil) throws -> LoadedEvents {
    try EventFile(path: path, part: part).load(LoadOptions(maxBadShare: 1))
  }

  private func failed(_ path: String, _ part: String? = nil) throws -> Diagnostic {
    try #require(throws: Diagnostic.self) { try loaded(path, part) }
  }

  private static let visits = """
    CREATE TABLE visits (user_id INTEGER, ts TEXT, event TEXT, n, code TEXT, big INTEGER, note BLOB, due TEXT, mixed);
    INSERT INTO visits VALUES
      (7, '2025-01-06 10:00:00.25', 'visit', 1, '007', 9007199254740993, X'C3A9', '2025-01-01', 1),
      (8, '2025-01-06T11:00:00Z', 'a, "b"', 2.5, '', 2, NULL, NULL, 'x'),
      (NULL, '2025-01-06', 'visit', 1, '1', 1, NULL, NULL, NULL),
      (9, 'soon', 'visit', 1, '1', 1, NULL, NULL, NULL),
      (9, '2025-01-06', CAST(X'FF' AS TEXT), 1, '1', 1, NULL, NULL, NULL);
    """

  @Test func valuesAndBadRows() throws {
    try made(Self.visits) { path throws in
      let events = try loaded(path, nil)
      #expect(
        events.store.lines == [
          """
          7 2025-01-06T10:00:00.25Z visit n=1 code=007 big=9007199254740993 note=é due=2025-01-01T00:00:00Z mixed=1
          """, "8 2025-01-06T11:00:00Z a, \"b\" n=2.5 big=2 mixed=x",
        ])
      #expect(
        events.summary.properties.map { "\($0.name) \($0.kind)" } == [
          "n number", "code text", "big text", "note text", "due time", "mixed text",
        ])
      #expect(events.summary.firstBadRows.map(\.line) == [3, 4, 5])
      #expect(events.summary.firstBadRows.map(\.reason) == ["no customer", "'soon' is no time", "not UTF-8"])
      #expect(events.summary.firstBadRows.first?.excerpt == ",2025-01-06,visit,1,1,1,,,")
    }
  }

  /// The first rows tell what columns are, unless a later one has something else.
  @Test func kindsOverTheWholeTable() throws {
    let numbers = "WITH RECURSIVE t(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM t WHERE i < 4999)"
    let table = """
      CREATE TABLE visits AS \(numbers) SELECT i % 50 AS user, i AS time, 'e' AS event, \(RecordSurvey.mostFirst) + i AS n,
        '2025-01-01' AS due, CASE WHEN i = 4999 THEN 1.5 END AS late FROM t;
      """
    try made(table) { path throws in
      let kinds = try loaded(path).summary.properties.map { "\($0.name) \($0.kind)" }
      #expect(kinds == ["n number", "due time", "late number"])
    }
    try made(table + "UPDATE visits SET n = 'x', due = 'never' WHERE time = 4999;") { path throws in
      let events = try loaded(path)
      #expect(events.summary.rows == 5_000)
      #expect(events.summary.properties.map { "\($0.name) \($0.kind)" } == ["n text", "due text", "late number"])
      #expect(events.store.lines.filter { $0.hasSuffix("n=x due=never late=1.5") }.count == 1)
    }
  }

  @Test func tables() throws {
    try made(Self.visits + "CREATE VIEW \"new \"\" visits\" AS SELECT * FROM visits WHERE user_id = 7;") {
      path throws in
      #expect(try failed(path).line == "shop.db: the database has 2 tables: new \" visits, visits [load.tables]")
      #expect(try loaded(path, "new \" visits").summary.rows == 1)
      #expect(try loaded(path, "select * from visits where user_id > 7").summary.rows == 1)
      #expect(try failed(path, "visit").hint == "load events \"shop.db#visits\"")
      #expect(try failed(path, "select 1; drop table visits").code == .loadSqlite)
      #expect(
        try failed(path, "select missing from visits").line == "shop.db: SQLite: no such column: missing [load.sqlite]")
      #expect(try failed(path, "select 1 as \"user\", 2 as time, 3 as event where 0").code == .loadNoRows)
      #expect(
        try EventFile(path: path, part: "visits").fingerprint()
          != EventFile(path: path, part: "new \" visits").fingerprint())
    }
  }

  @Test func damaged() throws {
    try made(Self.visits) { path throws in
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      bytes.replaceSubrange(100..<600, with: repeatElement(0xA5, count: 500))
      try bytes.write(to: URL(fileURLWithPath: path))
      #expect(try failed(path).code == .loadSqlite)
    }
  }

  /// Views, virtual tables and questions can read this one file, and do nothing else.
  @Test(arguments: [
    "SELECT load_extension('x') AS user, 1 AS time, 'e' AS event",
    "SELECT fts3_tokenizer('simple') AS user, 1 AS time, 'e' AS event",
    "SELECT name AS user, 1 AS time, file AS event FROM pragma_database_list",
    "SELECT name AS user, 1 AS time, 'e' AS event FROM pragma_table_info('visits')",
    "SELECT user_id AS user, 1 AS time, event FROM visits WHERE note LIKE '\(String(repeating: "%a", count: 600))'",
  ])
  func nothingBesideReading(question: String) throws {
    try made(Self.visits + "CREATE VIEW sly AS \(question);") { path throws in
      #expect(try failed(path, "sly").code == .loadSqlite)
      #expect(try failed(path, question).code == .loadSqlite)
    }
  }

  @Test(arguments: ["attach 'x' as y", "pragma user_version", "with x as (select 1) delete from visits returning *"])
  func nothingButQuestions(text: String) throws {
    try made(Self.visits) { path throws in
      #expect([.loadSqlite, .loadNoTable].contains(try failed(path, text).code))
      #expect(try loaded(path).summary.rows == 2)
    }
  }

  @Test func whatViewsAndVirtualTablesHold() throws {
    let tables = """
      CREATE TABLE plain (user, time, event);
      INSERT INTO plain VALUES ('u', 1, 'e');
      CREATE VIEW nested AS SELECT value AS user, time, event FROM plain, json_each('["a","b"]');
      CREATE VIRTUAL TABLE texts USING fts5(user, time, event);
      INSERT INTO texts SELECT * FROM plain;
      """
    try made(tables) { path throws in
      #expect(try loaded(path, "nested").store.lines == ["a 1970-01-01T00:00:01Z e", "b 1970-01-01T00:00:01Z e"])
      #expect(try loaded(path, "texts").store.lines == ["u 1970-01-01T00:00:01Z e"])
      #expect(try loaded(path, "select * from texts where texts match 'u'").summary.rows == 1)
    }
  }

  private static let endless = """
    CREATE TABLE visits (user, time, event);
    CREATE VIEW endless AS WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t)
      SELECT 'u' || i AS user, i AS time, 'e' AS event FROM t;
    """

  /// While rows are counted, looked at for kinds, and read; and where SQLite finds no row at all.
  @Test(.timeLimit(.minutes(1))) func stopped() throws {
    try made(Self.endless) { path throws in
      for part in ["endless", "select * from endless where time < 0"] {
        let progress = stopping(after: 1_000)
        let error = try #require(throws: Diagnostic.self) { try EventFile(path: path, part: part, progress: progress) }
        #expect(error.code == .loadCancelled)
      }
      let some = try EventFile(path: path, part: "select * from endless limit 20000")
      for steps in [1, 5, 100, 400] {
        let progress = stopping(after: steps)
        let error = try #require(throws: Diagnostic.self) { try some.load(progress: progress) }
        #expect(error.code == .loadCancelled)
      }
      #expect(try some.load().summary.rows == 20_000)
    }
  }

  /// Another process has the database to itself.
  @Test(.timeLimit(.minutes(1))) func waiting() throws {
    try made(Self.visits) { path throws in
      try DatabaseQueue(path: path).inTransaction(.exclusive) { _ in
        let progress = stopping(after: 3)
        let stopped = try #require(throws: Diagnostic.self) { try EventFile(path: path, progress: progress) }
        #expect(stopped.code == .loadCancelled)
        #expect(try failed(path).line == "shop.db: SQLite: database is locked [load.sqlite]")
        return .rollback
      }
    }
  }

  @Test func rowsThatAreTooLong() throws {
    try made("CREATE VIEW long AS SELECT zeroblob(70000000) AS user, 1 AS time, 'e' AS event;") { path throws in
      #expect(try failed(path).code == .loadRowTooLong)
    }
  }

  @Test func otherFilesHaveNoParts() throws {
    try withFile(Array("user,time,event\nu,2025-01-01,e\n".utf8)) { path throws in
      let error = try failed(path, "visits")
      #expect(error.line == "events.csv: the file holds no tables, and none is called 'visits' [load.no-table]")
    }
  }
}
