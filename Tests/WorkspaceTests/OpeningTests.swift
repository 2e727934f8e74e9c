import Foundation
import GRDB
import Testing

@testable import Workspace

@Suite struct OpeningTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The fact that opening `path` throws; nil where it opens.
  func fact(_ path: String, as opening: Workspace.Opening = .existing) -> WorkspaceError.Fact? {
    do {
      _ = try Workspace(opening: path, as: opening)
      return nil
    } catch {
      #expect(error.file == path)
      return error.fact
    }
  }

  /// A database made by somebody else.
  func database(_ name: String, _ sql: String) throws -> String {
    let queue = try DatabaseQueue(path: folder.file(name))
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
    return folder.file(name)
  }

  @Test func whatIsNoWorkspaceIsSaidToBeNone() throws {
    #expect(fact(folder.file()) == .missing)
    #expect(fact(folder.path) == .isDirectory)
    #expect(fact(folder.path, as: .existingOrNew) == .isDirectory)
    let text = try folder.file("notes.txt", holding: Data("SQLite is not what this is".utf8))
    #expect(fact(text, as: .existingOrNew) == .notAWorkspace(found: "a file of another kind"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: text)) == Data("SQLite is not what this is".utf8))
    let empty = try folder.file("empty.waymark", holding: Data())
    #expect(fact(empty) == .notAWorkspace(found: "an empty file"))
    let other = try database("other.db", "CREATE TABLE photo (name)")
    #expect(fact(other, as: .existingOrNew) == .notAWorkspace(found: "a database of another program"))
    let marked = try database("marked.db", "PRAGMA application_id = 7; CREATE TABLE photo (name)")
    #expect(fact(marked, as: .existingOrNew) == .notAWorkspace(found: "a database of another program"))
    #expect(fact("/dev/null", as: .existingOrNew) == .notAWorkspace(found: "a device, pipe or socket"))
    #expect(
      fact(folder.file("no/such/folder.waymark"), as: .existingOrNew)
        == .unwritable(reason: "no such directory, or no permission"))
  }

  @Test func aNewOneIsMadeWhereNothingIsLost() throws {
    #expect(fact(folder.file(), as: .new) == nil)
    #expect(fact(folder.file(), as: .new) == .exists)
    #expect(fact(folder.file(), as: .existingOrNew) == nil)
    // What an interrupted making leaves.
    #expect(fact(try folder.file("begun.waymark", holding: Data()), as: .existingOrNew) == nil)
    #expect(try folder.names() == ["begun.waymark", "shop.waymark"])
  }

  @Test func namesThatMeanSomethingToSQLiteAreFiles() throws {
    let path = folder.file("file:x?mode=memory")
    try Workspace(opening: path, as: .new).setZone(.utc)
    #expect(try folder.names() == ["file:x?mode=memory"])
    #expect(fact(":memory:") == .missing)
    #expect(fact("") == .isDirectory)
    #expect(fact(folder.file("a\u{0}b"), as: .new) == .unreadable(reason: "a file name cannot hold a NUL"))
  }

  @Test func aNewerFormatIsLeftAlone() throws {
    let workspace = try Workspace(opening: folder.file(), as: .new)
    try workspace.queue.write { try $0.execute(sql: "PRAGMA user_version = 7") }
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.file()))
    #expect(fact(folder.file()) == .newerVersion(found: 7, supported: Schema.version))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file())) == before)
  }

  /// What a file that comes from elsewhere may bring along, and what of it keeps it from being opened.
  private static let intruders: [(String, String)] = [
    (
      "CREATE TRIGGER wipe AFTER INSERT ON history BEGIN DELETE FROM event_store; END",
      "trigger 'wipe' of table 'history'"
    ),
    ("CREATE TRIGGER \"Wipe\" BEFORE DELETE ON \"MAP\" BEGIN SELECT 1; END", "trigger 'Wipe' of table 'MAP'"),
    ("DROP TABLE goal; CREATE VIEW goal AS SELECT * FROM pain", "view 'goal'"),
    ("DROP TABLE goal; CREATE VIEW GOAL AS SELECT * FROM pain", "view 'GOAL'"),
    ("DROP TABLE note; CREATE VIRTUAL TABLE note USING fts5(map, position, text)", "table 'note'"),
    ("ALTER TABLE stage ADD COLUMN extra TEXT", "table 'stage'"),
    ("ALTER TABLE stage ADD COLUMN extra TEXT AS (upper(name))", "table 'stage'"),
    (
      "DROP TABLE setting; CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT DEFAULT (random()))",
      "table 'setting'"
    ),
    (
      "DROP TABLE setting; CREATE TABLE setting (name TEXT, value TEXT, seal INTEGER CHECK (length(name)))",
      "table 'setting'"
    ),
    ("CREATE INDEX odd ON stage (upper(name))", "index 'odd' of table 'stage'"),
    ("CREATE INDEX some ON stage (name) WHERE map = 'a'", "index 'some' of table 'stage'"),
  ]

  @Test(arguments: intruders) func whatIsNotOfOurMakingIsRefused(_ sql: String, _ what: String) throws {
    try Workspace(opening: folder.file(), as: .new).fill()
    let queue = try DatabaseQueue(path: folder.file())
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.file()))
    for opening in [Workspace.Opening.existing, .existingOrNew, .readOnly] {
      #expect(fact(folder.file(), as: opening) == .untrusted(what: what))
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file())) == before, "and stays as it is")
  }

  /// A format that has been released is never edited; a new one gets a fingerprint of its own.
  @Test func theTablesOfEachFormatAreThoseThatWereReleased() throws {
    for format in 1...Schema.version {
      let found = try SchemaCheck.fingerprint(of: format)
      #expect(found == Schema.fingerprints[format - 1], "format \(format) has \(found)")
    }
  }

  @Test func aTableThatIsMissingIsDamage() throws {
    try Workspace(opening: folder.file(), as: .new).fill()
    let queue = try DatabaseQueue(path: folder.file())
    try queue.write { try $0.execute(sql: "DROP TABLE goal") }
    #expect(fact(folder.file()) == .damaged(what: "table 'goal' is missing"))
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = -3") }
    #expect(fact(folder.file()) == .damaged(what: "its format is -3"))
  }

  /// People look at workspaces with other tools, and keep things in them.
  @Test func whatOthersKeepBesideIsLetBe() throws {
    let workspace = try Workspace(opening: folder.file(), as: .new)
    try workspace.fill()
    let reading = try WholeReading(workspace)
    let queue = try DatabaseQueue(path: folder.file())
    try queue.write {
      try $0.execute(
        sql: """
          CREATE TABLE remark (text TEXT); INSERT INTO remark VALUES ('x');
          CREATE TRIGGER own AFTER INSERT ON remark BEGIN DELETE FROM remark; END;
          CREATE VIEW pains AS SELECT name FROM pain; CREATE INDEX by_owner ON stage (owner, name DESC);
          CREATE VIRTUAL TABLE words USING fts5(text); ANALYZE;
          """)
    }
    try queue.close()
    let again = try Workspace(opening: folder.file())
    #expect(try WholeReading(again, undoing: false).maps == reading.mapsAfterUndo)
    try again.edit("shop", .renameMap(from: "shop", to: "store"), at: minute(9), statement: "rename")
    #expect(again.takeAlterations().isEmpty)
  }

  /// Should one slip through all the same, it does not run.
  @Test func triggersViewsAndFunctionsOfAFileDoNotRun() throws {
    let workspace = try Workspace(opening: folder.file(), as: .new)
    try workspace.write { database in
      try database.execute(sql: "CREATE TRIGGER wipe AFTER INSERT ON setting BEGIN DELETE FROM sealed; END")
      try database.execute(sql: "CREATE VIEW seen AS SELECT 1")
      #expect(throws: DatabaseError.self) { try Row.fetchAll(database, sql: "SELECT * FROM seen") }
      #expect(throws: DatabaseError.self) {
        try database.execute(sql: "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema")
      }
    }
    try workspace.setZone(.utc)
    #expect(try workspace.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sealed") ?? 0 } > 5)
  }

  @Test func theHeaderSaysWhoseFileItIs() throws {
    let workspace = try Workspace(opening: folder.file(), as: .new)
    try workspace.addMap(wholeMap(), at: minute(0), statement: "load")
    let header = try Data(contentsOf: URL(fileURLWithPath: folder.file())).prefix(100)
    #expect(header[68..<72].elementsEqual("WayM".utf8))
    #expect(header[16] == 0x40 && header[17] == 0, "16 KiB pages")
    #expect(header[18] == 1 && header[19] == 1, "a rollback journal")
    #expect(try folder.names() == ["shop.waymark"], "nothing lies beside the file")
  }

  @Test func whatIsOpenForReadingIsReadAndNotWritten() throws {
    let map = try wholeMap()
    try Workspace(opening: folder.file(), as: .new).addMap(map, at: minute(0), statement: "load")
    let reading = try Workspace(opening: folder.file(), as: .readOnly)
    #expect(reading.isReadOnly)
    #expect(try reading.map("shop") == map)
    #expect(throws: WorkspaceError(.readOnly, file: folder.file())) {
      try reading.removeMap("shop", at: minute(1), statement: "forget map shop")
    }
    #expect(throws: WorkspaceError(.readOnly, file: folder.file())) { try reading.undo(at: minute(1)) }
    #expect(throws: WorkspaceError(.readOnly, file: folder.file())) {
      try reading.saveEvents(sampleEvents(), as: "main", at: minute(1))
    }
    try reading.save(copyTo: folder.file("copy.waymark"), goOnThere: true)
    try reading.removeMap("shop", at: minute(1), statement: "forget map shop")
    #expect(try Workspace(opening: folder.file()).mapNames() == ["shop"])
  }

  /// Permissions do not bind the superuser, who is who tests run as in a container: the child becomes nobody first.
  @Test func permissionsAreHeeded() async throws {
    try Workspace(opening: folder.file(), as: .new).setZone(.utc)
    let path = folder.file()
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
    await #expect(processExitsWith: .success) { [path = path as String] in
      if geteuid() == 0 { #expect(setuid(65_534) == 0) }
      let workspace = try Workspace(opening: path)
      #expect(workspace.isReadOnly)
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o000], ofItemAtPath: path)
    await #expect(processExitsWith: .success) { [path = path as String] in
      if geteuid() == 0 { #expect(setuid(65_534) == 0) }
      #expect(throws: WorkspaceError(.unreadable(reason: "no permission"), file: path)) { try Workspace(opening: path) }
    }
  }

  @Test func errorsAreSentences() {
    func text(_ fact: WorkspaceError.Fact) -> String {
      let error = WorkspaceError(fact, file: "a.waymark")
      return "\(error.message) [\(error.code)]"
    }
    #expect(text(.isDirectory) == "'a.waymark' is a directory [workspace.is-directory]")
    #expect(
      text(.newerVersion(found: 2, supported: 1))
        == "'a.waymark' has format 2 of a newer waymark; this one reads formats up to 1 [workspace.newer-version]")
    #expect(
      text(.locked(by: [LockHolder(process: 12, command: "waymark")]))
        == "'a.waymark' is in use by process 12 (waymark) [workspace.locked]")
    #expect(text(.locked(by: [])) == "'a.waymark' is being written by another process [workspace.locked]")
    #expect(text(.diskFull) == "no space left to write 'a.waymark' [workspace.disk-full]")
    #expect(WorkspaceError(.missing, file: "a.waymark").hint == "new workspace \"a.waymark\"")
    #expect(
      WorkspaceError(.unknown(kind: "map", name: "x"), file: nil).message == "the workspace in memory has no map 'x'")
  }
}
