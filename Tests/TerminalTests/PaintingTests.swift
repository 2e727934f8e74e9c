import Foundation
import Testing

@testable import Terminal

/// Colours, suggestions and menus on a terminal, after each key.
@Suite struct PaintingTests {
  private func terminal(columns: Int = 80, rows: Int = 24) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      "editor-harness", environment: ["HARNESS_GUIDE": "1"], columns: columns, rows: rows)
    terminal.expect(rows: "way>")
    return terminal
  }

  @Test func wordsArePaintedByWhatTheyAre() throws {
    let terminal = try terminal()
    terminal.type("flow x 12 ")
    terminal.expect(rows: "way> flow x 12")
    terminal.expect("colours") { $0.rendition(of: "flow") == "1;94" && $0.rendition(of: "12") == "93" }
    #expect(terminal.screen.rendition(of: " x ") == "")
    #expect(terminal.screen.column == "way> flow x 12 ".count)
    // A letter inside the word, and it is none that is known.
    terminal.type("\u{1}\u{6}z")
    terminal.expect(rows: "way> fzlow x 12")
    terminal.expect("no colour") { $0.rendition(of: "fzlow") == "" && $0.rendition(of: "12") == "93" }
    #expect(terminal.screen.column == "way> fz".count)
    // What is run stays painted.
    terminal.type("\u{8}\r")
    terminal.expect(rows: "way> flow x 12", #"got "flow x 12 ""#, "way>")
    #expect(terminal.screen.rendition(of: "flow", inRow: 0) == "1;94")
  }

  @Test func aSuggestionIsShownAndTaken() throws {
    let terminal = try terminal()
    terminal.type("fu")
    terminal.expect(rows: "way> funnel")
    #expect(terminal.screen.rendition(of: "nnel") == "90")
    #expect(terminal.screen.column == "way> fu".count)
    terminal.type("\u{1B}[C a\r")
    terminal.expect(rows: "way> funnel a", #"got "funnel a""#, "way>")
    // What is not taken leaves nothing behind.
    terminal.type("fo\r")
    terminal.expect(rows: "way> fo", #"got "fo""#, "way>")
  }

  @Test func historyIsSuggestedFirstAndByWords() throws {
    let terminal = try terminal()
    terminal.type("funnel a  b c\r")
    terminal.expect(rows: #"got "funnel a  b c""#, "way>")
    terminal.type("fu")
    terminal.expect(rows: "way> funnel a  b c")
    terminal.type("\u{1B}[1;3C\u{1B}f")
    terminal.expect("two words") { $0.column == "way> funnel a".count }
    terminal.type("\u{5}!\r")
    terminal.expect(rows: "way> funnel a  b c!", #"got "funnel a  b c!""#, "way>")
  }

  @Test func whatFailedIsNotSuggested() throws {
    let terminal = try terminal()
    terminal.type("count it\r")
    terminal.expect(rows: #"got "count it""#, "way>")
    terminal.type("count that fails\r")
    terminal.expect(rows: #"got "count that fails""#, "way>")
    terminal.type("count")
    terminal.expect(rows: "way> count it")
    // It is recalled all the same.
    terminal.type("\u{15}\u{1B}[A")
    terminal.expect(rows: "way> count that fails")
  }

  @Test func arrowKeysMoveInTheMenu() throws {
    let terminal = try terminal(columns: 18)
    terminal.type("f\t")
    terminal.expect(rows: "way> f", "funnel  forget", "flow", "a word")
    for (key, chosen) in [
      ("B", "funnel"), ("C", "forget"), ("D", "funnel"), ("B", "flow"), ("A", "funnel"), ("A", "forget"),
    ] {
      terminal.type("\u{1B}[\(key)")
      terminal.expect(rows: "way> \(chosen)", "funnel  forget", "flow", "a word")
    }
    terminal.type("\r!\r")
    terminal.expect("the choice taken") { $0.lines.joined().contains(#"got "forget !""#) }
  }

  @Test func theMenuStandsBelowTheLastRow() throws {
    let terminal = try terminal(columns: 40, rows: 6)
    terminal.type("1\r2\r3\r")
    terminal.expect(rows: #"got "3""#, "way>")
    terminal.type("f\t")
    terminal.expect(rows: "way> f", "funnel  flow    forget", "a word")
    #expect((terminal.screen.line, terminal.screen.column) == ("way> f", "way> f".count))
    terminal.type("\t\t")
    terminal.expect(rows: "way> flow", "funnel  flow    forget", "a word")
    #expect(terminal.screen.rendition(of: "flow", inRow: terminal.screen.row + 1) == "7")
    terminal.type("\u{1B}[Z")
    terminal.expect(rows: "way> funnel", "funnel  flow    forget", "a word")
    // Enter takes the choice and runs nothing; the menu is gone.
    terminal.type("\r")
    terminal.expect(rows: "way> funnel")
    terminal.type("x\r")
    terminal.expect(rows: "way> funnel x", #"got "funnel x""#, "way>")
  }

  @Test func typingNarrowsTheMenu() throws {
    let terminal = try terminal()
    terminal.type("f\t")
    terminal.expect(rows: "way> f", "funnel  flow    forget", "a word")
    terminal.type("o")
    terminal.expect(rows: "way> forget")
    terminal.type("\u{7F}\t")
    terminal.expect(rows: "way> f", "funnel  flow    forget", "a word")
    terminal.type("\u{3}")
    terminal.expect(rows: "way> f^C", "interrupted", "way>")
  }

  @Test func combiningMarksKeepTheCursorInItsPlace() throws {
    let terminal = try terminal(columns: 20)
    terminal.type("cafe\u{301} x")
    terminal.expect(rows: "way> cafe\u{301} x")
    #expect(terminal.screen.column == "way> cafe x".count)
    terminal.type("\u{1B}[Dy")
    terminal.expect(rows: "way> cafe\u{301} yx")
    #expect(terminal.screen.column == "way> cafe y".count)
    terminal.type("\u{5}012345678\u{301}9\r")
    terminal.expect("the mark on its letter") { $0.lines.prefix(2) == ["way> cafe\u{301} yx01234567", "8\u{301}9"] }
  }

  @Test func marksStayOnTheirLetters() throws {
    let terminal = try terminal()
    terminal.type("x cafe\u{301} y\u{1}\u{1B}d\u{1B}d")
    terminal.expect(rows: "way>  y")
    terminal.type("\u{5} \u{19}")
    terminal.expect(rows: "way>  y  cafe\u{301}")
    terminal.type("\u{14}")
    terminal.expect(rows: "way>  y  cae\u{301}f")
  }

  @Test func theCursorIsWhereTheTerminalHasIt() throws {
    // This terminal shows each of the characters by itself: 2 + 1 + 2 columns.
    let terminal = try terminal(columns: 40)
    terminal.type("a👩\u{200D}👧b")
    terminal.expect(rows: "way> a👩\u{200D}👧b")
    #expect(terminal.screen.column == "way> a".count + 5 + 1)
    terminal.type("\u{1B}[Dx")
    terminal.expect(rows: "way> a👩\u{200D}👧xb")
    #expect(terminal.screen.column == "way> a".count + 5 + 1)
    terminal.type("\r")
    terminal.expect(rows: "got \"a👩\u{200D}👧xb\"", "way>")
  }

  @Test(arguments: [40, 12]) func aTerminalThatWrapsNothingAnewHasOnePrompt(columns: Int) throws {
    let terminal = try terminal(columns: 20)
    terminal.type("1\r0123456789 0123456789 x")
    terminal.expect("two rows") { $0.line == "456789 x" }
    terminal.resize(columns: columns, rows: 24, keepsRows: true)
    terminal.expect("one prompt") { $0.lines.last == (columns == 40 ? "way> 0123456789 0123456789 x" : "89 x") }
    terminal.settle()
    #expect(terminal.screen.lines.filter { $0.hasPrefix("way> 0") }.count == 1)
  }

  @Test func aRowLosesWhatItHeldBefore() {
    LibEdit.takeLocale()
    let text = "e\u{5013}\u{301}fl要要 fe\u{301}\n     要\u{E9} x y2\u{5010}\u{E9}fl要要f word2\u{5010}\u{5012}e\u{301} f"
    let edited = EditedText(characters: text.unicodeScalars.map(\.value), cursor: 2, indent: 5)
    let painting = Painting(
      prompt: "way> ", nextPrompt: "...> ", text: edited, styles: edited.styles([]), columns: 30, rows: 10,
      rendition: { _ in "" })
    var screen = Screen(columns: 30, rows: 10)
    screen.take(Array(String(repeating: "z", count: 300).utf8))
    screen.take(Array("\u{1B}[H".utf8))
    screen.take(Array(painting.painted(from: .init(row: 0, column: 0), isTall: false).bytes.utf8))
    #expect(
      screen.lines == [
        "way> e\u{5013}\u{301}fl要要 fe\u{301}", "...> 要\u{E9} x y2\u{5010}\u{E9}fl要要f word2",
        "\u{5010}\u{5012}e\u{301} f",
      ])
  }

  @Test func typingIsUndoneAndDoneAgain() throws {
    let terminal = try terminal()
    terminal.type("one two")
    terminal.expect(rows: "way> one two")
    terminal.type("\u{17}")
    terminal.expect(rows: "way> one")
    terminal.type("\u{1F}")
    terminal.expect(rows: "way> one two")
    terminal.type("\u{1F}\u{1F}")
    terminal.expect(rows: "way> one")
    terminal.type("\u{1B}_\u{1B}_\r")
    terminal.expect(rows: #"got "one two""#, "way>")
  }

  @Test func theLastArgumentsComeAgain() throws {
    let terminal = try terminal()
    terminal.type("a first\rb second\rc \u{1B}.")
    terminal.expect(rows: "way> c second")
    terminal.type("\u{1B}.\r")
    terminal.expect(rows: #"got "c first""#, "way>")
  }

  @Test func anotherEditorTakesTheText() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = folder.appendingPathComponent("shout").path
    try "#!/bin/sh\ntr a-z A-Z <\"$2\" >\"$2.new\" && mv \"$2.new\" \"$2\"\n".write(
      toFile: script, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
    let terminal = try PseudoTerminal("editor-harness", environment: ["EDITOR": "\(script) -w"])
    terminal.expect(rows: "way>")
    terminal.type("flow ->\rx\u{18}\u{5}")
    terminal.expect(rows: "way> FLOW ->", "...> X")
    terminal.type("\r")
    terminal.expect(rows: #"got "FLOW ->\nX""#, "way>")
  }

  /// Storms of keys; as many as `WAYMARK_KEY_SEEDS` says.
  private static let seeds = 1...max(1, Int(ProcessInfo.processInfo.environment["WAYMARK_KEY_SEEDS"] ?? "4") ?? 4)

  /// Whatever is typed, the screen shows what the editor holds, with the cursor where the next letter goes.
  @Test(arguments: seeds) func anyKeysLeaveScreenAndTextInAgreement(seed: Int) throws {
    let (columns, rows) = seed % 2 == 0 ? (30, 10) : (80, 24)
    let log = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: log) }
    let terminal = try PseudoTerminal(
      "editor-harness", environment: ["HARNESS_GUIDE": "1", "HARNESS_LOG": log], columns: columns, rows: rows)
    terminal.expect(rows: "way>")
    var keys = RandomKeys(seed: UInt64(seed))
    for round in 0..<25 {
      for _ in 0..<100 { terminal.type(keys.next()) }
      // An arrow ends a search; the mark, which no other round has, shows where the cursor is, on the screen and in the text.
      let mark = try #require(Unicode.Scalar(0x5000 + round))
      terminal.type("\u{1B}[D" + String(Character(mark)))
      terminal.expect("the mark") { $0.lines.joined().unicodeScalars.contains(mark) }
      terminal.settle()
      let shown = terminal.screen
      terminal.type("\r\u{C}")
      terminal.expect("the next prompt") { $0.lines == ["way>"] }
      let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: log)), as: UTF8.self)
      let wanted = DrawnText(text, mark: mark, columns: columns)
      let top = shown.row - wanted.cursor.row
      #expect(
        shown.lines.dropFirst(max(0, top)) == wanted.filledRows.dropFirst(max(0, -top)).prefix(rows),
        "\(text.debugDescription)")
      #expect(shown.column == wanted.cursor.column, "column in \(text.debugDescription)")
    }
  }
}

/// Prompts and text as they must stand on the screen, by libedit's rules: behind a full row all else, a new
/// line too, begins on the next.
private struct DrawnText {
  var filledRows: ArraySlice<String> { rows[..<((rows.lastIndex { !$0.isEmpty } ?? -1) + 1)] }
  private(set) var rows = [""]
  /// Behind the mark.
  private(set) var cursor = (row: 0, column: 0)

  init(_ text: String, mark: Unicode.Scalar, columns: Int) {
    var column = 0
    func width(_ scalar: Unicode.Scalar) -> Int {
      scalar.value == 0x301 ? 0 : (0x2E80...0xFFEF).contains(scalar.value) ? 2 : 1
    }
    func openRow() {
      rows.append("")
      column = 0
    }
    for scalar in ("way> " + text.replacing("\n", with: "\n...> ")).unicodeScalars {
      if scalar == "\n" {
        openRow()
        continue
      }
      if column + width(scalar) > columns { openRow() }
      let target = width(scalar) == 0 && column == 0 ? rows.count - 2 : rows.count - 1
      rows[max(0, target)].unicodeScalars.append(scalar)
      column += width(scalar)
      if column >= columns { openRow() }
      if scalar == mark { cursor = (rows.count - 1, column) }
    }
    rows = rows.map { row in
      var row = row
      while row.last == " " { row.removeLast() }
      return row
    }
  }
}

/// Keys that edit, none that ends the line.
private struct RandomKeys {
  private var state: UInt64
  private static let keys: [String] =
    ["a", "b", "f", "fu", "fl", " ", " ", "1", "2", "x y", "概", "要", "é", "e\u{301}", "word ", "\t", "\t", "\u{1B}[Z"]
    + ["\u{1B}[A", "\u{1B}[B", "\u{1B}[C", "\u{1B}[D", "\u{1B}[D", "\u{1}", "\u{5}", "\u{B}", "\u{17}", "\u{19}"]
    + ["\u{7F}", "\u{8}", "\u{1B}[3~", "\u{1B}.", "\u{1B}f", "\u{1B}b", "\u{1B}\r", "\u{1F}", "\u{1B}_", "\u{12}"]
    + ["\u{C}", "\u{1B}[1;3C", "\u{1B}[200~one\ntwo words\u{1B}[201~"]

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> String {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Self.keys[Int(state % UInt64(Self.keys.count))]
  }
}
