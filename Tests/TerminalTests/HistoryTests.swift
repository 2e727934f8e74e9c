import Foundation
import Outside
import Testing

@testable import Terminal

@Suite struct HistoryTests {
  private let path = FileManager.default.temporaryDirectory.path + "/waymark-history-\(UUID().uuidString)/history"

  private func withFile(_ body: (String) throws -> Void) rethrows {
    defer { try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent) }
    try body(path)
  }

  @Test func isRecalledAcrossRuns() throws {
    try withFile { path in
      let first = try PseudoTerminal("editor-harness", environment: ["HARNESS_HISTORY": path])
      first.expect(rows: "way>")
      first.type("one\rtwo ->\r2\rone\r\u{4}")
      #expect(first.exitStatus() == 0)
      let second = try PseudoTerminal("editor-harness", environment: ["HARNESS_HISTORY": path])
      second.expect(rows: "way>")
      second.type("\u{1B}[A")
      second.expect(rows: "way> one")
      second.type("\u{1B}[A")
      second.expect(rows: "way> two ->", "...> 2")
      second.type("\u{1B}[A\u{1B}[B\u{1B}[B")
      second.expect(rows: "way> one")
    }
  }

  /// All of them, up and down again, with some of several lines and some of wide characters among them.
  @Test func twoHundredEntriesAreRecalled() throws {
    try withFile { path in
      let entries = (1...200).map { number in
        number % 7 == 0 ? "funnel 概要 \(number) ->\nlast" : "count 概要 \(number)!"
      }
      var history = try History(Door.open.file(path))
      entries.forEach { history.add($0) }
      let terminal = try PseudoTerminal("editor-harness", environment: ["HARNESS_HISTORY": path], columns: 30, rows: 10)
      terminal.expect(rows: "way>")
      func expect(_ entry: String) {
        let rows = entry.split(separator: "\n").enumerated().map { ($0 == 0 ? "way> " : "...> ") + $1 }
        terminal.expect("\(entry)") { $0.lines.suffix(rows.count) == rows[...] }
      }
      for entry in entries.reversed() {
        terminal.type("\u{1B}[A" + (terminal.screen.lines.last == "...> last" ? "\u{1B}[A" : ""))
        expect(entry)
      }
      for entry in entries.dropFirst() {
        terminal.type("\u{1B}[B")
        expect(entry)
        if entry.contains("\n") { terminal.settle() }
      }
      terminal.type("\r")
      terminal.expect(rows: #"got "count 概要 200!""#, "way>")
    }
  }

  /// Statements of the workspace at hand come first, then those of all others.
  @Test func aWorkspaceHasItsOwn() throws {
    try withFile { path in
      var shop = try History(Door.open.file(path))
      _ = shop.turn(to: "/data/shop.waymark")
      ["shop 1", "both", "shop 2"].forEach { shop.add($0) }
      var app = try History(Door.open.file(path))
      _ = app.turn(to: "/data/app.waymark")
      #expect(app.entries == ["shop 1", "both", "shop 2"])
      ["app 1", "both"].forEach { app.add($0) }
      #expect(try History(Door.open.file(path)).entries == ["shop 1", "shop 2", "app 1", "both"])
      var again = try History(Door.open.file(path))
      let moves = [again.turn(to: "/data/../data/shop.waymark"), again.turn(to: "/data/shop.waymark")]
      #expect(moves == [true, false])
      #expect(again.entries == ["app 1", "shop 1", "both", "shop 2"])
      // Another shell in the same workspace, while this one goes on.
      shop.add("shop 3")
      let hasNews = again.takeWhatOthersWrote()
      #expect(hasNews && again.entries == ["app 1", "shop 1", "both", "shop 2", "shop 3"])
      _ = again.turn(to: nil)
      #expect(again.entries == ["shop 1", "shop 2", "app 1", "both", "shop 3"])
    }
  }

  @Test func isSearchedWithControlR() throws {
    try withFile { path in
      var history = try History(Door.open.file(path))
      for entry in ["Funnel a -> b", "count a", "funnel c ->\nd", "show map"] { history.add(entry) }
      let terminal = try PseudoTerminal("editor-harness", environment: ["HARNESS_HISTORY": path])
      terminal.expect(rows: "way>")
      terminal.type("draft\u{12}fun")
      terminal.expect(rows: "search 'fun': funnel c ->", "...> d")
      terminal.type("\u{12}")
      terminal.expect(rows: "search 'fun': Funnel a -> b")
      terminal.type("\u{13}")
      terminal.expect(rows: "search 'fun': funnel c ->", "...> d")
      terminal.type("\u{12}zz\r")
      // Enter runs nothing that was not found, and Ctrl-S does not stop the terminal.
      terminal.expect(rows: "no match for 'funzz': Funnel a -> b")
      terminal.type("\u{7}\u{12}Fun")
      terminal.expect(rows: "search 'Fun': Funnel a -> b")
      terminal.type("\u{7}")
      terminal.expect(rows: "way> draft")
      terminal.type("\u{12}nt\r")
      terminal.expect(rows: "way> count a", #"got "count a""#, "way>")
    }
  }

  @Test func keepsEachStatementOnceAndWhole() throws {
    try withFile { path in
      var history = try History(Door.open.file(path))
      for entry in ["a", "b\n\\n c", "a", " ", ""] { history.add(entry) }
      #expect(history.entries == ["b\n\\n c", "a"])
      #expect(try History(Door.open.file(path)).entries == ["b\n\\n c", "a"])
    }
  }

  @Test func remembersWhatFailed() throws {
    try withFile { path in
      var history = try History(Door.open.file(path))
      for entry in ["a", "b"] {
        history.add(entry)
        history.noteFailure()
      }
      history.add("a")
      #expect(history.failed == ["b"])
      let again = try History(Door.open.file(path))
      #expect(again.entries == ["b", "a"] && again.failed == ["b"])
    }
  }

  @Test func neverWritesASecret() throws {
    try withFile { path in
      var history = try History(Door.open.file(path))
      let secret = #"connect "clickhouse://me:s3cret@host:8123/db" table t"#
      history.add(secret)
      history.add("count")
      #expect(history.entries == [secret, "count"])
      let written = try String(contentsOfFile: path, encoding: .utf8)
      #expect(written == "count\n")
      let moved = history.turn(to: "/data/shop.waymark")
      history.add("connect \"clickhouse://h/db?user=me&pwd=x\" table t")
      #expect(moved && history.entries.count == 3)
      let files = try FileManager.default.subpathsOfDirectory(
        atPath: (path as NSString).deletingLastPathComponent)
      #expect(files == ["history"])
    }
  }

  @Test(arguments: [
    ("clickhouse://me:x@host/db", true), ("clickhouse://me:a/b@host", true), ("CLICKHOUSE://h/?password=x", true),
    ("x://a:b@h y://c", true), ("clickhouse://reader@host:8123/db", false), ("https://host:80/a b:c@d", false),
    ("a@b: c", false),
  ])
  func holdsSecret(text: String, isSecret: Bool) { #expect(History.holdsSecret(text) == isSecret) }

  @Test func isSharedByShellsAtOnce() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for shell in 0..<4 {
        group.addTask { [path] in
          var history = try History(Door.open.file(path))
          for number in 0..<50 { history.add("shell \(shell) statement \(number)") }
        }
      }
      try await group.waitForAll()
    }
    try withFile { path in
      var history = try History(Door.open.file(path))
      #expect(history.entries.count == 200)
      var other = try History(Door.open.file(path))
      other.add("from elsewhere")
      let hasNews = history.takeWhatOthersWrote()
      #expect(hasNews)
      #expect(history.entries.last == "from elsewhere")
      let hasMore = history.takeWhatOthersWrote()
      #expect(!hasMore)
    }
  }

  @Test func theFileStaysShort() throws {
    try withFile { path in
      var file = try HistoryFile(Door.open.file(path))
      for number in 0..<25 { file.append(.init(text: "statement \(number % 7)"), keeping: 5) }
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      #expect(lines.count <= 10)
      #expect(lines.suffix(3) == ["statement 1", "statement 2", "statement 3"])
    }
  }

  @Test func aDamagedOrForbiddenFileCostsNothing() throws {
    try withFile { path in
      var history = try History(Door.open.file(path))
      history.add("before")
      let file = try #require(FileHandle(forWritingAtPath: path))
      try file.seekToEnd()
      try file.write(contentsOf: Data([0xFF, 0x0A, 0x0A, 0x63]))
      history = try History(Door.open.file(path))
      #expect(history.entries == ["before", "\u{FFFD}", "c"])
      history.add("after")
      #expect(try History(Door.open.file(path)).entries == ["before", "\u{FFFD}", "c", "after"])
      var nowhere = try History(Door.open.file(path + "/no/folder"))
      nowhere.add("still here")
      #expect(nowhere.entries == ["still here"])
    }
  }
}
