import EventStore
import Foundation
import JourneyTime
import Outside
import SourceText
import TestSupport
import Testing

@testable import Interchange

/// DuckDB's command line, if it is there: scripts/test fetches it.
private let found = try? DuckDB(.open, ProcessInfo.processInfo.environment)

/// What DuckDB reads for us. Its files are made by itself.
@Suite(.enabled(if: found != nil, "DuckDB's command line is not there")) struct DuckDBTests {
  private let duckDB: DuckDB

  init() throws { duckDB = try #require(found) }

  private struct Nothing: Decodable {}

  /// Runs `statements`, in which FILE is the path, and then `body` on the path.
  private func made<Result>(
    _ statements: String, named name: String = "events.parquet", _ body: (String) throws -> Result
  ) throws -> Result {
    try withFile([], name: name) { path throws in
      try FileManager.default.removeItem(atPath: path)
      _ = try duckDB.rows(
        of: statements.replacing("FILE", with: path.quotedInSQL), as: Nothing.self, needing: nil
      ) {}
      return try body(path)
    }
  }

  private func loaded(_ path: String, _ part: String? = nil, _ options: LoadOptions = LoadOptions()) throws
    -> LoadedEvents
  {
    try EventFile(path: path, part: part, duckDB: duckDB).load(options)
  }

  private func failed(_ path: String, _ part: String? = nil) throws -> Diagnostic {
    try #require(throws: Diagnostic.self) { try loaded(path, part) }
  }

  @Test func everyType() throws {
    let values = """
      SELECT * FROM (VALUES
        (7, TIMESTAMPTZ '2025-01-06 10:00:00.123456+02', 'visit', ' a b ', '12', 1.5::DOUBLE, 2::DOUBLE, true,
         DATE '2025-02-03', TIMESTAMP '2025-02-03 04:05:06', 12.50::DECIMAL(9,2), 9007199254740993::BIGINT, [1,2],
         {'x': 1}, '2025-01-01', 'x'::ENUM('x','y')),
        (7, TIMESTAMPTZ '2025-01-06 11:00:00Z', E'two\\nlines, "q"', '', NULL, NULL, '-0.0'::DOUBLE, false, NULL, NULL, NULL, 1,
         [], NULL, NULL, NULL)
      ) t(user_id, ts, event, blanks, digits, half, whole, flag, day, clock, money, big, list, object, text_time, word)
      """
    try made("COPY (\(values)) TO FILE (FORMAT parquet);") { path throws in
      let oslo = try #require(Zone("Europe/Oslo"))
      let events = try loaded(path, nil, LoadOptions(zone: oslo))
      #expect(
        events.store.lines == [
          """
          7 2025-01-06T08:00:00.123456Z visit blanks= a b  digits=12 half=1.5 whole=2 flag=true \
          day=2025-02-02T23:00:00Z clock=2025-02-03T03:05:06Z money=12.5 big=9007199254740993 list=[1,2] \
          object={"x":1} text_time=2024-12-31T23:00:00Z word=x
          """,
          "7 2025-01-06T11:00:00Z two\nlines, \"q\" whole=0 flag=false big=1",
        ])
      #expect(
        events.summary.properties.map { "\($0.name) \($0.kind)" } == [
          "blanks text", "digits text", "half number", "whole number", "flag truth", "day time", "clock time",
          "money number", "big text", "list text", "object text", "text_time time", "word text",
        ])
      #expect(events.summary.bytes == (try Data(contentsOf: URL(fileURLWithPath: path)).count))
    }
  }

  /// Text that reads as times until a row far behind the first ones, and numbers that are too big there.
  @Test func kindsOverTheWholeTable() throws {
    let query = """
      SELECT 'u' || i AS "user", TIMESTAMP '2025-01-01' + to_seconds(i) AS time, 'e' AS event,
        if(i = 19999, 'never', '2025-01-01') AS due, if(i = 19999, 9007199254740993, i) AS n FROM range(20000) t(i)
      """
    try made("COPY (\(query)) TO FILE (FORMAT parquet);") { path throws in
      let events = try loaded(path)
      #expect(events.summary.rows == 20_000)
      #expect(events.summary.properties.map { "\($0.name) \($0.kind)" } == ["due text", "n text"])
    }
  }

  @Test func badRows() throws {
    let query = """
      SELECT if(i % 200 = 7, NULL, 'u') AS "user", DATE '2025-01-01' AS time, 'e' AS event FROM range(1000) t(i)
      """
    try made("COPY (\(query)) TO FILE (FORMAT parquet);") { path throws in
      let summary = try loaded(path).summary
      #expect(summary.rows == 995 && summary.badRows == 5)
      #expect(summary.firstBadRows.first == BadRow(line: 9, reason: "no customer", excerpt: ",2025-01-01,e"))
    }
  }

  private static let database = """
    ATTACH FILE AS made;
    CREATE SCHEMA made.raw;
    CREATE TABLE made."web visits" AS SELECT 'u' AS customer, DATE '2025-01-01' AS time, 'visit' AS event;
    CREATE TABLE made.raw.calls AS SELECT 'c' AS customer, DATE '2025-01-01' AS time, 'call' AS event;
    """

  @Test func tablesOfADatabase() throws {
    try made(Self.database, named: "shop.duckdb") { path throws in
      #expect(
        try failed(path).line == "shop.duckdb: the database has 2 tables: web visits, raw.calls [load.tables]")
      #expect(try failed(path).hint == "load events \"shop.duckdb#web visits\"")
      #expect(try loaded(path, "web visits").store.lines == ["u 2025-01-01T00:00:00Z visit"])
      #expect(try loaded(path, "raw.calls").store.lines == ["c 2025-01-01T00:00:00Z call"])
      let query = "select customer || '!' as customer, time, event from \"web visits\""
      #expect(try loaded(path, query).store.lines == ["u! 2025-01-01T00:00:00Z visit"])
      let missing = try failed(path, "raw.call")
      #expect(
        missing.line == "shop.duckdb: no table is called 'raw.call' among web visits, raw.calls [load.no-table]")
      #expect(missing.hint == "load events \"shop.duckdb#raw.calls\"")
      // One query is one query, however it is written.
      for query in ["select 1; drop table x", "select 1) to 'x' (format csv); --", "select 'a''", "from nowhere"] {
        #expect(try failed(path, query).code == .duckdbFailed)
      }
      func fingerprint(_ part: String) throws -> UInt64 {
        try EventFile(path: path, part: part, duckDB: duckDB).fingerprint()
      }
      #expect(try fingerprint("raw.calls") == fingerprint("raw.calls"))
      #expect(try fingerprint("raw.calls") != fingerprint("web visits"))
    }
    try made("ATTACH FILE AS made; CREATE TABLE made.\"a\"\"b;'\" AS SELECT 'u' AS customer, 0 AS time, 'e' AS event") {
      path throws in
      #expect(try loaded(path).store.lines == ["u 1970-01-01T00:00:00Z e"])
    }
    try made("ATTACH FILE AS made;") { path throws in
      #expect(try failed(path).line == "events.parquet: the database has no tables [load.no-table]")
    }
  }

  @Test func workbooks() throws {
    let query = "SELECT 'u' AS customer, TIMESTAMP '2025-01-01 10:00:00' AS time, 'e' AS event, 2.5 AS n, '007' AS code"
    try made("LOAD excel; COPY (\(query)) TO FILE (FORMAT xlsx, HEADER true);", named: "book.xlsx") { path throws in
      #expect(try loaded(path).store.lines == ["u 2025-01-01T10:00:00Z e n=2.5 code=007"])
      #expect(try loaded(path, "Sheet1").summary.rows == 1)
      #expect(try failed(path, "Sheet9").code == .duckdbFailed)
    }
  }

  // MARK: names

  /// Names that are patterns, addresses or more to DuckDB; `x` is what each of them would find too.
  private static let names = [
    "visits [1]", "star*", "what?", "{a,b}", "~", "~root", "s3:", "http:", "a'b", "a\"b", "back\\slash", "a b", "-c",
    ":memory:",
    "two\nlines", "%41", "#1",
  ]

  /// Two files side by side of which `name` is one; the other is what the name would find as a pattern.
  private func beside<Result>(
    _ name: String, ending: String, _ make: (_ path: String, _ customer: String) throws -> Void,
    _ body: (String) throws -> Result
  ) throws -> Result {
    try withFile([], name: "folder") { place throws in
      let folder = URL(fileURLWithPath: place).deletingLastPathComponent().path + "/year=2024"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for other in ["visits 1", "starx", "whatx", "a", "b"] { try make("\(folder)/\(other).\(ending)", "other") }
      let path = "\(folder)/\(name).\(ending)"
      try make(path, "this")
      return try body(path)
    }
  }

  private func run(_ statements: String) throws {
    _ = try duckDB.rows(of: statements, as: Nothing.self, needing: nil) {}
  }

  /// Made elsewhere and put there, so that DuckDB has no say in the name; nothing of the path is a column.
  @Test(arguments: names) func filesOfAnyName(name: String) throws {
    let row = "SELECT 'CUSTOMER' AS customer, 0 AS time, 'e' AS event"
    for (ending, write) in [
      ("parquet", "COPY (\(row)) TO FILE (FORMAT parquet)"),
      ("xlsx", "LOAD excel; COPY (\(row)) TO FILE (FORMAT xlsx, HEADER true)"),
      ("duckdb", "ATTACH FILE AS made; CREATE TABLE made.t AS \(row)"),
    ] {
      try beside(name, ending: ending) { path, customer throws in
        try made(write.replacing("CUSTOMER", with: customer), named: "made.\(ending)") { made in
          try FileManager.default.moveItem(atPath: made, toPath: path)
        }
      } _: { path throws in
        let events = try loaded(path)
        #expect(events.store.lines == ["this 1970-01-01T00:00:00Z e"], "\(name).\(ending)")
        #expect(events.summary.properties.isEmpty)
      }
    }
  }

  @Test(arguments: names) func writingToAnyName(name: String) throws {
    let store = EventStore(rows: [EventRow(customer: "u", instant: 0, name: "e")])
    try withFile([], name: "folder") { place throws in
      let folder = URL(fileURLWithPath: place).deletingLastPathComponent()
      let path = folder.appendingPathComponent(name + ".parquet").path
      try ParquetExport(store, duckDB).write(to: path, shown: "x.parquet") { _, _ in }
      #expect(try loaded(path).store.lines == ["u 1970-01-01T00:00:00Z e"])
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
          == ["folder", name + ".parquet"].sorted())
    }
  }

  /// Of a database that changes are still to be merged into.
  @Test func whatIsNotMergedYet() throws {
    let made = "PRAGMA disable_checkpoint_on_shutdown; ATTACH FILE AS made; CREATE TABLE made.t AS "
    try self.made(made + "SELECT 'u' AS customer, 0 AS time, 'e' AS event", named: "shop.duckdb") { path throws in
      #expect(FileManager.default.fileExists(atPath: path + ".wal"))
      #expect(try loaded(path).store.lines == ["u 1970-01-01T00:00:00Z e"])
    }
  }

  /// Questions and views can read the one file, and nothing else.
  @Test(arguments: [
    "read_text('/etc/hostname')", "read_csv('/etc/passwd')", "read_parquet('FOLDER/other.parquet')",
    "'FOLDER/other.parquet'", "glob('/etc/*')", "read_blob('/dev/fd/*')", "read_text('/proc/self/environ')",
    "read_text('http://127.0.0.1:1/x')", "(SELECT getenv('HOME') AS x)", "duckdb_secrets()",
  ])
  func nothingBesideTheFile(source: String) throws {
    try withFile([], name: "x") { place throws in
      let folder = URL(fileURLWithPath: place).deletingLastPathComponent().path
      let row = "SELECT 'u' AS customer, 0 AS time, 'e' AS event"
      let path = folder + "/shop.duckdb"
      let sly = source.replacing("FOLDER", with: folder)
      // Some views that could not be read cannot be made either.
      let view = "CREATE VIEW made.sly AS SELECT 'u' AS customer, 0 AS time, * FROM \(sly)"
      try run("COPY (\(row)) TO '\(folder)/other.parquet'; ATTACH '\(path)' AS made; CREATE TABLE made.t AS \(row);")
      let hasView = (try? run("ATTACH '\(path)' AS made; \(view);")) != nil
      #expect(try loaded(path, "t").summary.rows == 1)
      #expect(try failed(path, "select 'u' as customer, 0 as time, * from \(sly)").code == .duckdbFailed)
      if hasView { #expect(try failed(path, "sly").code == .duckdbFailed) }
    }
  }

  /// More names than an argument of a program has room for.
  @Test func manyLongNames() throws {
    let names = (0..<1_000).map { "\($0)" + String(repeating: "n", count: 200) }
    let store = EventStore(
      schema: StoreSchema(
        events: ["e"], properties: names.map { Property(name: $0, kind: .text, dictionary: []) }, session: nil),
      buckets: [])
    try withFile([]) { path throws in
      try ParquetExport(store, duckDB).write(to: path, shown: "x.parquet") { _, _ in }
      #expect(try failed(path).code == .loadNoRows)
    }
  }

  /// Nothing is fetched, and what is missing is named.
  @Test func extensions() throws {
    let line = "events.csv: an Avro file is read with DuckDB's extension 'avro', which is not installed"
    try withFile(Array("Obj\u{1}rest".utf8)) { path throws in
      let error = try failed(path)
      #expect(error.line == line + " [duckdb.extension]")
      #expect(error.hint == "duckdb -c \"INSTALL avro\"")
    }
    let server = try #require(ServerAddress("postgres://me:secret@127.0.0.1:1/shop#events"))
    let error = try #require(throws: Diagnostic.self) {
      try EventFile(server, duckDB: duckDB, progress: LoadProgress())
    }
    #expect(error.code == .duckdbExtension && error.place == "postgres://me@127.0.0.1:1/shop")
  }

  @Test func damagedFiles() throws {
    try withFile(Array("PAR1 and no more".utf8), name: "cut.parquet") { path throws in
      let error = try failed(path)
      #expect(error.code == .duckdbFailed && error.place == "cut.parquet")
    }
    // Damaged far behind the footer that is read first: what came before is not taken for the table.
    let query =
      "SELECT 'u' || i AS customer, TIMESTAMP '2025-01-01' AS time, 'e' || hash(i) AS event FROM range(300000) t(i)"
    try made("COPY (\(query)) TO FILE (FORMAT parquet, COMPRESSION uncompressed);") { path throws in
      var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      let place = bytes.count * 3 / 4
      bytes.replaceSubrange(place..<place + 200_000, with: repeatElement(0xFF, count: 200_000))
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      #expect(throws: Diagnostic.self) { try loaded(path, nil, LoadOptions(maxBadShare: 1)) }
    }
  }

  /// A query that would not end in a lifetime is stopped, and its process with it.
  @Test(.timeLimit(.minutes(1))) func stopping() throws {
    try made(Self.database, named: "shop.duckdb") { path throws in
      let endless = "select 'u' as customer, 0 as time, 'e' as event from range(1000000000000) t(i) order by hash(i)"
      let progress = LoadProgress { $0.cancel() }
      #expect(throws: Diagnostic(.loadCancelled, "stopped; nothing has changed", place: "shop.duckdb")) {
        try EventFile(path: path, part: endless, duckDB: duckDB, progress: progress)
      }
    }
    let child = try #require(
      try ChildProcess(Door.open.program("/bin/sh", ["-c", "sleep 600 & echo $!; wait"]), isRead: true))
    var bytes = [UInt8](repeating: 0, count: 20)
    let count = try child.read(into: &bytes, at: 0, room: 20) {}
    let sleeper = try #require(pid_t(String(decoding: bytes[..<count], as: UTF8.self).filter(\.isNumber)))
    #expect(kill(sleeper, 0) == 0)
    _ = consume child
    for _ in 0..<200 where kill(sleeper, 0) == 0 { usleep(10_000) }
    #expect(kill(sleeper, 0) != 0 || isDead(sleeper))
  }

  /// Ended, and waiting for somebody to ask how.
  private func isDead(_ process: pid_t) -> Bool {
    let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    return status?.split(separator: ")").last?.split(separator: " ").first == "Z"
  }

  // MARK: writing

  /// What is written loads as the same store, whatever the values are.
  @Test(arguments: 0..<12) func whatIsWrittenLoads(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let store = randomStore(&random)
    let export = try ParquetExport(store, duckDB)
    var options = LoadOptions(maxBadShare: 0, buckets: store.buckets.count)
    if export.columns.clauses.contains("session visit") { options.roles[.session] = .name("visit") }
    let again = try withFile([]) { path throws in
      try export.write(to: path, shown: "x.parquet") { _, _ in }
      return try loaded(path, nil, options).store
    }
    #expect(again.lines == store.lines)
    #expect(again.schema.session == store.schema.session)
    #expect(
      again.schema.properties.map { "\($0.name) \($0.kind)" } == store.schema.properties.map { "\($0.name) \($0.kind)" }
    )
  }

  @Test(arguments: [Instant.written.lowerBound, Instant.written.upperBound])
  func instantsAtTheEndsOfTime(instant: Instant) throws {
    let store = EventStore(rows: [EventRow(customer: "u", instant: instant.microseconds, name: "e")])
    try withFile([]) { path throws in
      try ParquetExport(store, duckDB).write(to: path, shown: "x.parquet") { _, _ in }
      #expect(try loaded(path).store.lines == ["u \(instant.iso) e"])
    }
  }

  @Test func whatCannotBeWritten() throws {
    let store = EventStore(rows: [EventRow(customer: "u", instant: 0, name: "e")])
    let export = try ParquetExport(store, duckDB)
    let full = try #require(throws: Diagnostic.self) {
      try export.write(to: "/dev/full", shown: "x.parquet") { _, _ in }
    }
    #expect(full.code == .duckdbFailed)
    #expect(throws: Diagnostic.self) { try export.write(to: "/nowhere/x.parquet", shown: "x.parquet") { _, _ in } }
    let stop = Diagnostic(.duckdbFailed, "enough")
    #expect(throws: stop) {
      try withFile([]) { path in
        try export.write(to: path, shown: "x.parquet") { _, _ throws(Diagnostic) in throw stop }
      }
    }
  }
}

/// What is said where DuckDB is not, and of servers.
@Suite struct NoDuckDBTests {
  @Test(arguments: [
    ("PAR1", "a Parquet file"), ("12345678DUCK", "a DuckDB database"), ("ARROW1", "an Arrow file"),
    ("Obj\u{1}", "an Avro file"),
  ])
  func files(head: String, phrase: String) throws {
    try withFile(Array(head.utf8)) { path throws in
      let error = try #require(throws: Diagnostic.self) { try EventFile(path: path) }
      #expect(
        error.line
          == "events.csv: \(phrase) is read by DuckDB's command line, and no 'duckdb' is on the PATH [duckdb.missing]")
      #expect(error.hint == "pip install duckdb-cli")
    }
  }

  @Test func whereItIsLookedFor() throws {
    #expect(try DuckDB(.open, ["PATH": "/nowhere:/dev"]) == nil)
    #expect(try DuckDB(.open, ["PATH": "/bin", "WAYMARK_DUCKDB": "/nowhere/duckdb"]) == nil)
    #expect(try DuckDB(.open, ["WAYMARK_DUCKDB": "/bin"]) == nil)
    #expect(try DuckDB(.open, ["WAYMARK_DUCKDB": "/bin/sh"]) != nil)
    #expect(throws: Diagnostic.self) { try ParquetExport(EventStore(rows: []), nil) }
  }

  @Test func servers() throws {
    #expect(ServerAddress("shop.duckdb#events") == nil)
    let server = try #require(ServerAddress("postgresql://me:p@ss:w@host:5432/shop?sslmode=require#select 1 # 2"))
    #expect(server.shown == "postgresql://me@host:5432/shop?sslmode=require")
    #expect(server.part == "select 1 # 2")
    let plain = try #require(ServerAddress("postgres://host/shop"))
    #expect(plain.shown == plain.url && plain.part == nil)
  }
}
