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
