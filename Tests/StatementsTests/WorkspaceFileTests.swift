import Foundation
import GRDB
import JourneyTime
import Outside
import SourceText
import Testing
import Workspace

@testable import Statements

/// What the shell says and does about workspace files, and the files it writes, that no transcript can bring about.
@Suite final class WorkspaceFileTests {
  private let folder: URL
  private let replies = Replies()

  /// What the shell has shown.
  private final class Replies {
    var text = ""
  }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func shell(opening file: String? = nil, readOnly: Bool = false) throws -> Shell {
    let session = try Session(
      opening: file.map { try Door.open.file(path($0)) }, readOnly: readOnly, directory: folder.path
    ) {
      Instant(microseconds: 1_751_328_000_000_000)
    }
    return Shell(session: session, screenWidth: { 200 }) { [replies] in replies.text += $0 }
  }

  /// What is replied to a statement, or the error.
  private func said(_ statement: String, in shell: Shell) -> String {
    replies.text = ""
    do { try shell.run(.typed(statement)) } catch { replies.text += shell.text(of: error, in: statement) }
    return replies.text
  }

  /// A file with a map, a snapshot of it and a saved value.
  private func prepare(_ file: String) throws {
    let shell = try shell()
    for statement in [
      "new workspace \"\(file)\"", "new map shop", "add stage Buying", "add touchpoint Basket to Buying emotion 1",
      "add goal Growth", "snapshot first", "let $w = 7d",
    ] { try shell.run(.typed(statement)) }
  }

  /// Changes a file behind waymark's back.
  private func change(_ file: String, _ sql: String) throws {
    let queue = try DatabaseQueue(path: path(file))
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
  }

  // MARK: What was changed

  @Test func aMapThatWasChangedIsSaidOnceAndShown() throws {
    try prepare("shop.waymark")
    try change("shop.waymark", "UPDATE touchpoint SET emotion = 2 WHERE name = 'Basket'; DELETE FROM goal")
    let warning = """
      warning: map 'shop' in 'shop.waymark' was changed by something other than waymark [workspace.altered]
        hint: it counts as it is now, and undo cannot take that back; if it was not you, compare it with a copy

      """
    let shell = try shell(opening: "shop.waymark")
    #expect(said("show results", in: shell).contains("warning") == false)
    #expect(said("show touchpoint Basket", in: shell).hasSuffix(warning))
    #expect(said("show map", in: shell).contains("warning") == false, "said once")
    let other = try self.shell(opening: "shop.waymark")
    #expect(said("show stage Nowhere", in: other).hasPrefix(warning), "beside an error too")
    #expect(said("add stage Next", in: other) == "added stage 'Next'\n")
    #expect(said("show map", in: try self.shell(opening: "shop.waymark")).contains("warning") == false, "ours again")
  }

  @Test func aSnapshotAndAValueThatWereChangedAreSaid() throws {
    try prepare("shop.waymark")
    try change(
      "shop.waymark",
      "UPDATE snapshot SET content = replace(content, 'Growth', 'Grawth'); UPDATE saved_value SET text = '9d'")
    let shell = try shell(opening: "shop.waymark")
    let diff = said("show diff since first", in: shell)
    #expect(diff.contains("Grawth"))
    #expect(diff.contains("warning: snapshot 'first' of map 'shop' in 'shop.waymark' was changed"))
    #expect(said("show results", in: shell).contains("warning: $w in 'shop.waymark' was changed"))
  }

  @Test func dataForProgramsStaysData() throws {
    try prepare("shop.waymark")
    try change("shop.waymark", "DELETE FROM goal")
    let session = try Session(opening: Door.open.file(path("shop.waymark")), directory: folder.path) {
      Instant(microseconds: 0)
    }
    var (data, remarks) = ("", "")
    let shell = Shell(session: session, remark: { remarks += $0 }, write: { data += $0 })
    shell.settings.format = .csv
    try shell.run(.typed("show stages"))
    #expect(data == "stage,touchpoints\nBuying,1\n")
    #expect(remarks.contains("[workspace.altered]"))
  }

  /// What cannot be read is not taken for what is not there, nor for what it usually is.
  @Test func whatCannotBeReadIsSaid() throws {
    try prepare("shop.waymark")
    try change(
      "shop.waymark", "UPDATE touchpoint SET emotion = 'glad'; INSERT INTO setting VALUES ('zone', 'Nowhere/Land', 0)")
    let shell = try shell(opening: "shop.waymark")
    #expect(shell.greeting().contains("map: cannot be read: show map says why"))
    #expect(said("show map", in: shell).contains("table touchpoint, column emotion [workspace.damaged]"))
    let zone = said(".zone", in: shell)
    #expect(zone.contains("error: 'shop.waymark' is damaged: the setting 'zone' is no zone: 'Nowhere/Land'"))
    #expect(zone.contains("UTC") == false)
    #expect(said("show results", in: shell).contains("[workspace.damaged]"), "no other zone is taken")
    #expect(said(".zone Europe/Oslo", in: shell).contains("error") == false)
    #expect(said(".zone", in: shell) == "Europe/Oslo\n")
  }

  // MARK: Moved, and for reading only

  @Test func aFileThatWasMovedAwayIsNotWritten() throws {
    try prepare("shop.waymark")
    try prepare("other.waymark")
    let shell = try shell(opening: "shop.waymark")
    try FileManager.default.moveItem(atPath: path("shop.waymark"), toPath: path("moved.waymark"))
    try FileManager.default.moveItem(atPath: path("other.waymark"), toPath: path("shop.waymark"))
    let moved = "'shop.waymark' is no longer the file that was opened: it was moved, deleted or replaced"
    #expect(said("show stages", in: shell).contains("warning: \(moved) [workspace.altered]"))
    let before = try Data(contentsOf: URL(fileURLWithPath: path("shop.waymark")))
    for statement in ["add stage Next", "undo", "save", "let $x = 1d"] {
      #expect(said(statement, in: shell).hasPrefix("error: \(moved) [workspace.replaced]"), "\(statement)")
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path("shop.waymark"))) == before)
    #expect(said("save \"copy.waymark\"", in: shell) == "saved as 'copy.waymark'\n")
    #expect(said("add stage Next", in: shell) == "added stage 'Next'\n")
    try FileManager.default.removeItem(atPath: path("copy.waymark"))
    #expect(said("add stage More", in: shell).contains("[workspace.replaced]"))
    #expect(said("save \"copy.waymark\"", in: shell) == "saved as 'copy.waymark'\n", "back under its own name")
    #expect(said("show stages", in: try self.shell(opening: "copy.waymark")).contains("Next"))
  }

  @Test func readOnlyMeansEveryWorkspace() throws {
    try prepare("shop.waymark")
    try prepare("other.waymark")
    let files = ["shop.waymark", "other.waymark"]
    let before = try files.map { try Data(contentsOf: URL(fileURLWithPath: path($0))) }
    let shell = try shell(opening: "shop.waymark", readOnly: true)
    let hint = "save \"copy.waymark\" makes a copy, to be changed without --read-only"
    #expect(said("add stage Next", in: shell).contains(hint))
    #expect(said("open \"other.waymark\"", in: shell) == "opened 'other.waymark' for reading only\n")
    for statement in [
      "add stage Next", "undo", "let $x = 1d", ".zone Europe/Oslo", "snapshot second", "load sample shop",
    ] {
      #expect(said(statement, in: shell).contains("[workspace.read-only]"), "\(statement)")
    }
    #expect(said("new workspace \"new.waymark\"", in: shell).contains("with --read-only no workspace is begun"))
    #expect(said("open \"new.waymark\"", in: shell).contains("'new.waymark' does not exist [workspace.missing]"))
    #expect(said("save \"copy.waymark\"", in: shell) == "saved as 'copy.waymark', open for reading only\n")
    #expect(said("add stage Next", in: shell).contains("[workspace.read-only]"))
    #expect(try files.map { try Data(contentsOf: URL(fileURLWithPath: path($0))) } == before)
    #expect(said("add stage Next", in: try self.shell(opening: "copy.waymark")) == "added stage 'Next'\n")
  }

  // MARK: Files that are written

  /// Every statement and command that writes a file, over one of another mode and through a link.
  @Test(arguments: [
    "export map to \"FILE.svg\"", "export map to \"FILE.yaml\"", "export map to \"FILE.csv\"",
    "export events to \"FILE.csv\"", "export events to \"FILE.jsonl.gz\"", "export $1 to \"FILE.json\"",
    "export people $1 lost at cart to \"FILE.csv\"", ".output \"FILE.txt\"",
  ]) func aFileKeepsItsModeAndALinkItsTarget(_ statement: String) throws {
    let events =
      "user,time,event\nu1,2025-01-06 10:00:00,visit\nu1,2025-01-06 10:05:00,cart\nu2,2025-01-06 11:00:00,visit\n"
    try Data(events.utf8).write(to: URL(fileURLWithPath: path("e.csv")))
    let shell = try shell()
    for statement in ["new map shop", "add stage Buying", "load events \"e.csv\"", "funnel visit -> cart"] {
      try shell.run(.typed(statement))
    }
    try FileManager.default.removeItem(atPath: path("e.csv"))
    let name = try #require(statement.split(separator: "\"").dropFirst().first)
    try Data("old".utf8).write(to: URL(fileURLWithPath: path("real")))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path("real"))
    try FileManager.default.createSymbolicLink(atPath: path(String(name)), withDestinationPath: "real")
    try shell.run(.typed(statement))
    if statement.hasPrefix(".output") { try shell.run(.typed("show stages")) }
    let attributes = try FileManager.default.attributesOfItem(atPath: path("real"))
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    #expect((attributes[.size] as? NSNumber)?.intValue ?? 0 > 10)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path(String(name))) == "real")
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(left.sorted() == [String(name), "real"].sorted(), "nothing lies beside it")
  }

  /// An empty file that is there already, as `mktemp` makes, is filled and keeps its mode.
  @Test func aWorkspaceKeepsTheModeOfTheEmptyFile() throws {
    for (name, statement) in [("a.waymark", "save \"a.waymark\""), ("b.waymark", "open \"b.waymark\"")] {
      try Data().write(to: URL(fileURLWithPath: path(name)))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path(name))
      #expect(!said(statement, in: try shell()).contains("error"))
      let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
      #expect((attributes[.size] as? NSNumber)?.intValue ?? 0 > 10_000)
    }
  }

  @Test func whatAKilledSavingLeftIsClearedAway() throws {
    try prepare("shop.waymark")
    for name in [".shop.waymark.partial", ".copy.waymark.partial"] {
      try Data("left".utf8).write(to: URL(fileURLWithPath: path(name)))
    }
    let shell = try shell(opening: "shop.waymark")
    #expect(said("save \"copy.waymark\"", in: shell) == "saved as 'copy.waymark'\n")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["copy.waymark", "shop.waymark"])
  }
}
