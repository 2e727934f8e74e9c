import Foundation
import JourneyTime
import Outside
import SourceText
import Testing

@testable import Statements

/// Bad input that no text file of transcripts can carry: each a clear error with its code, and nothing lost.
@Suite final class BadInputTests {
  private let folder: URL
  private let session: Session
  private let replies = Replies()
  private let shell: Shell

  /// What the shell has shown.
  private final class Replies {
    var text = ""
  }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    session = try Session(opening: nil, directory: folder.path) { Instant(microseconds: 0) }
    shell = Shell(session: session) { [replies] in replies.text += $0 }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Runs a script of bytes; `code: message` and place of the error it stops at, else what was replied.
  private func said(_ script: [UInt8]) -> String {
    replies.text = ""
    do {
      try shell.run(script: script, named: "s.way")
      return replies.text
    } catch {
      return [error.place, "\(error.code): \(error.message)"].compactMap(\.self).joined(separator: ": ")
    }
  }

  private func said(_ script: String) -> String { said(Array(script.utf8)) }

  /// Each way to a file. `open` and `save` begin a name of their own.
  private static func ways(_ path: String) -> [String] {
    [
      "load events \"\(path)\"", "load events \"\(path)#t\"", "load map \"\(path)\"", "run \"\(path)\"",
      "open \"\(path)\"",
      "save \"\(path)\"", "new workspace \"\(path)\"", "export map to \"\(path)\" as svg",
      "export map to \"\(path)\" as yaml",
      "export events to \"\(path)\" as csv", "export events to \"\(path)\" as parquet",
      "export people $f to \"\(path)\" as csv", "export $f to \"\(path)\" as csv",
    ]
  }

  @Test func pathsThatNoFileHas() throws {
    let files = FileManager.default
    for (name, target) in [("la", "lb"), ("lb", "./../\(folder.lastPathComponent)/lc"), ("lc", folder.path + "/la")] {
      try files.createSymbolicLink(atPath: folder.appendingPathComponent(name).path, withDestinationPath: target)
    }
    try files.createSymbolicLink(atPath: folder.appendingPathComponent("in").path, withDestinationPath: "la")
    let long = String(repeating: "x", count: 300)
    let deep = String(repeating: "xxxxxxxxx/", count: 500) + "x.csv"
    #expect(!said("load sample shop\nlet $f = funnel Cart -> purchase").contains("s.way"))
    for (path, message) in [
      ("la", "links lead round, la -> lb -> lc -> la"), ("in", "links lead round, la -> lb -> lc -> la"),
      ("lb/more.csv", "links lead round, lb -> lc -> la -> lb"), (long, "is longer than the system takes"),
      (deep, "is longer than the system takes"), ("a\\u{0}b.svg", "no path holds a NUL"),
    ] {
      for way in Self.ways(path) {
        let answer = said(way)
        #expect(answer.contains("file.path: ") && answer.contains(message), "\(way.prefix(60)): \(answer)")
      }
    }
    #expect(try files.contentsOfDirectory(atPath: folder.path).sorted() == ["in", "la", "lb", "lc"])
    #expect(throws: Diagnostic.self) {
      try Session(opening: Door.open.file(folder.path + "/la"), directory: folder.path) { Instant(microseconds: 0) }
    }
  }

  @Test func patterns() throws {
    for name in ["sub", "sub/deeper"] {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(name), withIntermediateDirectories: false)
    }
    for name in ["b.csv", "a.csv", ".hidden.csv", "sub/c.csv", "c 1.db"] {
      try Data("user,time,event\nu,1735689600,\(name)\n".utf8).write(to: folder.appendingPathComponent(name))
    }
    let one = "s.way:1:13: file.pattern: no file is called "
    #expect(said("load events \"*.csv\"") == one + "'*.csv'; 2 files fit it as a pattern, and one is due: a.csv, b.csv")
    #expect(
      said("load events \"[b-z].csv\"") == one + "'[b-z].csv'; 1 file fits it as a pattern, and one is due: b.csv")
    #expect(
      said("load events \"s*/?.csv\"") == one + "'s*/?.csv'; 1 file fits it as a pattern, and one is due: sub/c.csv")
    #expect(said("load events \"c*.db#t\"") == one + "'c*.db'; 1 file fits it as a pattern, and one is due: c 1.db")
    for none in ["*.tsv", "*", "sub/*/*", "?.db#t", "[.csv"] where none != "*" {
      #expect(said("load events \"\(none)\"") == "s.way:1:13: file.missing: no file is called '\(none)'")
    }
    // A file of that very name is what is meant.
    try FileManager.default.moveItem(
      at: folder.appendingPathComponent("a.csv"), to: folder.appendingPathComponent("*.csv"))
    #expect(said("load events \"*.csv\"").hasPrefix("loaded 1 event"))
  }

  @discardableResult
  private func write(_ bytes: [UInt8], to name: String) throws -> URL {
    let file = folder.appendingPathComponent(name)
    try Data(bytes).write(to: file)
    return file
  }

  // MARK: bytes

  @Test func nullBytes() {
    #expect(
      said("new map a\nadd stage \0X\n") == "s.way:2:11: character.unexpected: the character U+0000 cannot stand here")
    #expect(said("add stage \"a\0b\"") == "s.way:1:13: character.unexpected: the character U+0000 cannot stand here")
    // Nothing of a script runs that is wrong anywhere.
    #expect(said("show map a") == "s.way:1:10: map.unknown: no map is called 'a'")
  }

  @Test func invalidUTF8() {
    #expect(
      said(Array("new map a\nadd stage ".utf8) + [0xFF, 0xFE])
        == "s.way:2:11: text.not-utf8: the text is not valid UTF-8 here")
    // Cut inside a character, and one that is written longer than need be.
    for broken: [UInt8] in [[0xC3], [0xE5, 0xAE], [0xC0, 0xAF], [0xED, 0xA0, 0x80]] {
      #expect(said(Array("add stage \"".utf8) + broken + [0x22]).contains("text.not-utf8"), "\(broken)")
    }
    #expect(said(Array("# \u{FEFF}".utf8) + [0xFF] + Array("\nshow history".utf8)).contains("change"))
  }

  @Test func aMegabyteOfOneLine() {
    let long = String(repeating: "a", count: 1_000_000)
    #expect(said(long) == "s.way:1:1: statement.too-long: the statement has 1000000 bytes, more than 65536")
    #expect(said("new map \"\(long)\"").hasPrefix("s.way:1:1: statement.too-long"))
    #expect(said("# \(long)\nnew map a") == "began map 'a': empty\n")
  }

  @Test func nestingTenThousandDeep() {
    for (opening, closing) in [("(", ")"), ("not ", "")] {
      let depth = 10_000
      let test = String(repeating: opening, count: depth) + "a = 1" + String(repeating: closing, count: depth)
      #expect(said("count * where " + test).contains("nesting.too-deep"), "\(opening)")
    }
    let choice = String(repeating: "{", count: 10_000) + "a" + String(repeating: "}", count: 10_000)
    #expect(said("funnel \(choice) -> b").contains("nesting.too-deep"))
    #expect(said(String(repeating: "explain ", count: 5_000) + "count").contains("nesting.too-deep"))
  }

  // MARK: files

  @Test func compressedEvents() throws {
    let csv = Array("user,time,event\nu1,2025-01-06,visit\n".utf8)
    // A gzip member with one stored block; the checksum is worked out here, not by the code that is tested.
    var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1]
    let length = UInt16(csv.count)
    for value in [length, ~length] { bytes += [UInt8(value & 0xFF), UInt8(value >> 8)] }
    bytes += csv
    for value in [Self.crc32(csv), UInt32(csv.count)] {
      bytes += (0..<4).map { UInt8(value >> (8 * $0) & 0xFF) }
    }
    try write(bytes, to: "e.csv.gz")
    #expect(said("load events \"e.csv.gz\"").hasPrefix("loaded 1 event of 1 customer from 'e.csv.gz' into 'main'"))
    try write(bytes.dropLast(12), to: "cut.csv.gz")
    #expect(said("load events \"cut.csv.gz\"").contains("load.gz-cut"))
    bytes[bytes.count - 5] ^= 1
    try write(bytes, to: "bad.csv.gz")
    #expect(said("load events \"bad.csv.gz\"").contains("load.gz-damaged"))
    // What zstd writes for an empty file, without its last byte.
    try write([0x28, 0xB5, 0x2F, 0xFD, 0x24, 0x00, 0x01, 0x00, 0x00, 0x99, 0xE9, 0xD8], to: "cut.csv.zst")
    #expect(said("load events \"cut.csv.zst\"").contains("load.zst-cut: the zst file ends early"))
    #expect(said("count").contains("counted: events, 2025-01-06"))
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1 }
    }
  }

  @Test func workspacesThatCannotBeOpened() throws {
    _ = said("new workspace \"good.waymark\"; new map kept")
    let good = folder.appendingPathComponent("good.waymark")
    let whole = [UInt8](try Data(contentsOf: good))
    try write(Array(whole.prefix(whole.count / 2)), to: "cut.waymark")
    var newer = whole
    // SQLite's header has the user version, our format, at bytes 60 to 63, big-endian.
    newer.replaceSubrange(60..<64, with: [0, 0, 0x03, 0xE7])
    try write(newer, to: "newer.waymark")
    try write(Array("hello, this is a letter\n".utf8), to: "letter.waymark")
    try write([0xFF], to: "short.waymark")
    #expect(said("open \"cut.waymark\"").contains("workspace.damaged: 'cut.waymark' is damaged: "))
    #expect(said("open \"newer.waymark\"").contains("workspace.newer-version: 'newer.waymark' has format 999"))
    for file in ["letter.waymark", "short.waymark"] {
      #expect(said("open \"\(file)\"").contains("workspace.not-a-workspace: '\(file)' is not a workspace"))
    }
    #expect(said("open \".\"").contains("workspace.is-directory"))
    // What was open still is, and nothing was written.
    #expect(said("show map kept").contains("kept"))
    #expect([UInt8](try Data(contentsOf: folder.appendingPathComponent("newer.waymark"))) == newer)
  }

  @Test func aFullDisk() throws {
    _ = said("new map a")
    for statement in ["export map to \"/dev/full\" as yaml", ".output \"/dev/full\"\nshow history"] {
      #expect(said(statement).contains("file.unwritable"), "\(statement)")
    }
    // Devices are written to, never replaced.
    let kind = try FileManager.default.attributesOfItem(atPath: "/dev/full")[.type] as? FileAttributeType
    #expect(kind == .typeCharacterSpecial)
    #expect(said("show map a").hasPrefix("a\n"))
  }

  // MARK: leaving

  @Test func unsavedEditsAreAskedAbout() {
    _ = said("new map a")
    var questions: [String] = []
    session.confirm = { question in
      questions.append(question)
      return false
    }
    for statement in ["open \"b.waymark\"", "new workspace \"b.waymark\"", ".exit"] {
      #expect(said(statement).contains("workspace.unsaved: still here"), "\(statement)")
    }
    #expect(questions == Array(repeating: "leave without saving what is in memory?", count: 3))
    #expect(!shell.isLeaving && said("show map a").hasPrefix("a\n"))
    session.confirm = { _ in true }
    #expect(said("open \"b.waymark\"") == "opened 'b.waymark'\n")
  }
}
