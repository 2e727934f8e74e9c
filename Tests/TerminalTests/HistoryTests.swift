import Foundation
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

  @Test func isSearchedWithControlR() throws {
    try withFile { path in
      var history = History(path: path)
      for entry in ["funnel a -> b", "count a", "funnel c ->\nd", "show map"] { history.add(entry) }
      let terminal = try PseudoTerminal("editor-harness", environment: ["HARNESS_HISTORY": path])
      terminal.expect(rows: "way>")
      terminal.type("draft\u{12}fun")
      terminal.expect(rows: "search 'fun': funnel c ->", "...> d")
      terminal.type("\u{12}")
      terminal.expect(rows: "search 'fun': funnel a -> b")
      terminal.type("zz")
      terminal.expect(rows: "no match for 'funzz': funnel a -> b")
      terminal.type("\u{7}")
      terminal.expect(rows: "way> draft")
      terminal.type("\u{12}nt\r")
      terminal.expect(rows: "way> count a", #"got "count a""#, "way>")
    }
  }

  @Test func keepsEachStatementOnceAndWhole() {
    withFile { path in
      var history = History(path: path)
      for entry in ["a", "b\n\\n c", "a", " ", ""] { history.add(entry) }
      #expect(history.entries == ["b\n\\n c", "a"])
      #expect(History(path: path).entries == ["b\n\\n c", "a"])
    }
  }

  @Test func neverWritesASecret() throws {
    try withFile { path in
      var history = History(path: path)
      let secret = #"connect "clickhouse://me:s3cret@host:8123/db" table t"#
      history.add(secret)
      history.add("count")
      #expect(history.entries == [secret, "count"])
      let written = try String(contentsOfFile: path, encoding: .utf8)
      #expect(written == "count\n")
    }
  }

  @Test(arguments: [
    ("clickhouse://me:x@host/db", true), ("clickhouse://me:a/b@host", true), ("CLICKHOUSE://h/?password=x", true),
    ("x://a:b@h y://c", true), ("clickhouse://reader@host:8123/db", false), ("https://host:80/a b:c@d", false),
    ("a@b: c", false),
  ])
  func holdsSecret(text: String, isSecret: Bool) { #expect(History.holdsSecret(text) == isSecret) }

  @Test func isSharedByShellsAtOnce() async {
    await withTaskGroup(of: Void.self) { group in
      for shell in 0..<4 {
        group.addTask { [path] in
          var history = History(path: path)
          for number in 0..<50 { history.add("shell \(shell) statement \(number)") }
        }
      }
    }
    withFile { path in
      var history = History(path: path)
      #expect(history.entries.count == 200)
      var other = History(path: path)
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
      var file = HistoryFile(path: path)
      for number in 0..<25 { file.append("statement \(number % 7)", keeping: 5) }
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      #expect(lines.count <= 10)
      #expect(lines.suffix(3) == ["statement 1", "statement 2", "statement 3"])
    }
  }

  @Test func aDamagedOrForbiddenFileCostsNothing() throws {
    try withFile { path in
      var history = History(path: path)
      history.add("before")
      let file = try #require(FileHandle(forWritingAtPath: path))
      try file.seekToEnd()
      try file.write(contentsOf: Data([0xFF, 0x0A, 0x0A, 0x63]))
      history = History(path: path)
      #expect(history.entries == ["before", "\u{FFFD}", "c"])
      history.add("after")
      #expect(History(path: path).entries == ["before", "\u{FFFD}", "c", "after"])
      var nowhere = History(path: path + "/no/folder")
      nowhere.add("still here")
      #expect(nowhere.entries == ["still here"])
    }
  }
}
