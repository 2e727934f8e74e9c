import Foundation
import Testing

@testable import Terminal

/// The line editor on a terminal, with the real libedit; each test a topic, each key typed as a person would.
@Suite struct EditorTests {
  private func terminal(columns: Int = 80, rows: Int = 24, _ environment: [String: String] = [:]) throws
    -> PseudoTerminal
  {
    let terminal = try PseudoTerminal("editor-harness", environment: environment, columns: columns, rows: rows)
    terminal.expect(rows: "way>")
    return terminal
  }

  @Test func enterRunsTheLine() throws {
    let terminal = try terminal()
    terminal.type("count visit\r")
    terminal.expect(rows: "way> count visit", #"got "count visit""#, "way>")
    terminal.type("ab\u{1B}[Dc\u{1}x\u{5}y\u{7F}\r")
    terminal.expect(rows: #"got "xacb""#, "way>")
  }

  @Test func controlDLeaves() throws {
    let terminal = try terminal()
    terminal.type("ab\u{1}\u{4}\r")
    terminal.expect(rows: #"got "b""#, "way>")
    terminal.type("\u{4}")
    terminal.expect(rows: "bye 0")
    #expect(terminal.exitStatus() == 0)
  }

  @Test func controlCAbandonsTheLine() throws {
    let terminal = try terminal()
    terminal.type("half a thought ->\rmore\u{1B}[A\u{3}")
    terminal.expect(rows: "way> half a thought ->", "...> more^C", "interrupted", "way>")
    terminal.type("whole\r")
    terminal.expect(rows: #"got "whole""#, "way>")
  }

  @Test func controlCStopsWhatRuns() throws {
    let terminal = try terminal()
    terminal.type("wait\r")
    terminal.expect(rows: "running")
    terminal.type("\u{3}")
    terminal.expect(rows: "running", "stopped", "way>")
    terminal.type("next\r")
    terminal.expect(rows: #"got "next""#, "way>")
  }

  @Test func aStatementOfSeveralLinesIsEditedAsOne() throws {
    let terminal = try terminal()
    terminal.type("funnel a ->\rb ->\rc")
    terminal.expect(rows: "way> funnel a ->", "...> b ->", "...> c")
    // Up twice, to the first line's end; a word more there; down and back to the last.
    terminal.type("\u{1B}[A\u{1B}[A\u{5} x ->\u{1B}[B\u{1B}[B\u{5}d")
    terminal.expect(rows: "way> funnel a -> x ->", "...> b ->", "...> cd")
    // Backspace at the start of a line joins it to the one above.
    terminal.type("\u{1}\u{7F} ")
    terminal.expect(rows: "way> funnel a -> x ->", "...> b -> cd")
    terminal.type("\r")
    terminal.expect(rows: #"got "funnel a -> x ->\nb -> cd""#, "way>")
    terminal.type("\u{1B}[A")
    terminal.expect(rows: "way> funnel a -> x ->", "...> b -> cd")
  }

  @Test func aLongLineWraps() throws {
    let terminal = try terminal(columns: 20)
    terminal.type("0123456789abcdefghij ->\rklm\u{1B}[A\u{1}z")
    terminal.expect(rows: "way> z0123456789abcd", "efghij ->", "...> klm")
    terminal.type("\r")
    terminal.expect("both lines") { $0.lines.joined().contains(#"got "z0123456789abcdefghij ->\nklm""#) }
  }

  @Test func wideCharactersKeepTheirColumns() throws {
    let terminal = try terminal()
    terminal.type("概要 is né\u{1B}[D\u{1B}[D\u{1B}[D\u{1B}[D\u{1B}[D\u{1B}[D!")
    terminal.expect(rows: "way> 概要! is né")
    #expect(terminal.screen.column == 5 + 5)
    terminal.type(bytes: [0xFF] + Array("\r".utf8))
    terminal.expect(rows: "got \"概要!\u{FFFD} is né\"", "way>")
  }

  @Test func resizingDrawsTheLineAnew() throws {
    let terminal = try terminal(columns: 40)
    terminal.type("0123456789 0123456789 ->\rlast")
    terminal.expect(rows: "way> 0123456789 0123456789 ->", "...> last")
    terminal.resize(columns: 20, rows: 10)
    terminal.expect(rows: "way> 0123456789 0123", "456789 ->", "...> last")
    terminal.type("!\r")
    terminal.expect("the answer") { $0.lines.joined().contains(#"0123456789 ->\nlast!""#) }
  }

  @Test func aPasteRunsNothingUntilEnter() throws {
    let terminal = try terminal()
    terminal.type("\u{1B}[200~one\ttwo\r\nthree\u{3}\nfour\n\n\u{1B}[201~")
    terminal.expect(rows: "way> one two", "...> three", "...> four")
    terminal.type("\r")
    terminal.expect(rows: #"got "one two\nthree\nfour""#, "way>")
  }

  /// 500 lines, so many that they fill the screen more than once: drawn once, kept whole, and run by Enter alone.
  @Test func aPasteLosesItsPromptsAndReplies() throws {
    let terminal = try terminal()
    terminal.type(
      "\u{1B}[200~way> count a ->\n...>   b\nevents  customers\n    15          5\n  way> show map\nway>\n\u{1B}[201~")
    terminal.expect(rows: "way> count a ->", "...>   b", "...> show map", "...>")
    terminal.type("\r")
    terminal.expect(rows: #"got "count a ->\n  b\nshow map\n""#, "way>")
  }

  @Test(arguments: [80, 30]) func aLongPasteIsDrawnOnce(columns: Int) throws {
    let terminal = try terminal(columns: columns, ["HARNESS_GUIDE": "1"])
    let lines = (1...500).map { "flow \($0) 概要 funnel" }
    let text = lines.joined(separator: "\n")
    let before = terminal.screen.sent
    terminal.type("\u{1B}[200~" + text + "\u{1B}[201~")
    terminal.expect(rows: "...> flow 499 概要 funnel", "...> flow 500 概要 funnel")
    terminal.settle()
    #expect(terminal.screen.column == "...> flow 500 概要 funnel".count + 2)
    // libedit's drawing, and then the rows that are on the screen once more in colours.
    #expect(terminal.screen.sent - before < 2 * (text.utf8.count + 500 * 8) + 24 * columns * 4)
    #expect(!terminal.screen.lines.contains { $0.hasPrefix("got") })
    terminal.type("!\r")
    terminal.expect("the text whole") { $0.lines.joined().contains("flow 500 概要 funnel!\"") && $0.line == "way>" }
  }

  @Test func resizingKeepsColoursAndTheCursorInItsPlace() throws {
    let terminal = try terminal(columns: 40, ["HARNESS_GUIDE": "1"])
    terminal.type("funnel 0123456789 概要 1234567890 flow fo")
    terminal.expect("the suggestion") { $0.lines.joined().contains("forget") }
    terminal.type("\u{1}\u{1B}[C\u{1B}[C")
    terminal.expect("the cursor") { $0.column == 7 }
    terminal.settle()
    terminal.resize(columns: 25, rows: 10)
    terminal.expect(rows: "way> funnel 0123456789 概", "要 1234567890 flow fo")
    terminal.expect("the cursor") { $0.row == 0 && $0.column == 7 && $0.rendition(of: "funnel") == "1;94" }
    terminal.settle()
    terminal.resize(columns: 60, rows: 20)
    terminal.expect(rows: "way> funnel 0123456789 概要 1234567890 flow fo")
    terminal.type("X\u{5}!\r")
    terminal.expect("what was typed") {
      $0.lines.joined().contains(#"got "fuXnnel 0123456789 概要 1234567890 flow fo!""#)
    }
  }

  @Test func aPasteThatIsNotMarkedRunsLineByLine() throws {
    let terminal = try terminal()
    terminal.type("one\rtwo ->\rthree\rfour\r")
    terminal.expect("all") { screen in
      screen.lines.filter { $0.hasPrefix("got") } == [#"got "one""#, #"got "two ->\nthree""#, #"got "four""#]
    }
  }

  @Test(arguments: ["dumb", "", "no-such-terminal", "vt52"])
  func anyTerminalWillDo(name: String) throws {
    let terminal = try terminal(["TERM": name])
    terminal.type("plain\r")
    terminal.expect(rows: #"got "plain""#, "way>")
    if name == "dumb" {
      terminal.type("one ->\rtwo\r")
      terminal.expect(rows: "way> one ->", "...> two", #"got "one ->\ntwo""#, "way>")
    }
  }

  @Test(arguments: ["C", "POSIX", "xx_XX.ISO-8859-1"])
  func anyLocaleWillDo(name: String) throws {
    let terminal = try terminal(["LC_ALL": name])
    terminal.type("Ü概\r")
    terminal.expect(rows: #"got "Ü概""#, "way>")
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func aSignalToEndIsObeyedInGoodOrder(signal: Int32) throws {
    let terminal = try terminal()
    terminal.type("half")
    terminal.expect(rows: "way> half")
    terminal.signal(signal)
    terminal.expect("farewell") { $0.lines.joined().hasSuffix("bye \(signal)") }
    #expect(terminal.exitStatus() == 0)
  }
}
