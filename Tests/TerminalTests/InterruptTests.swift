import Foundation
import Testing

@testable import Terminal

/// ^C and ^Z in each state of the prompt: what was typed is gone or stays as it should, and the next statement runs.
@Suite struct InterruptTests {
  private func terminal(_ environment: [String: String] = [:]) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      "editor-harness", environment: ["HARNESS_GUIDE": "1"].merging(environment) { $1 })
    terminal.expect(rows: "way>")
    return terminal
  }

  /// That the prompt takes and runs a statement as if nothing had been.
  private func expectSound(_ terminal: PseudoTerminal, sourceLocation: SourceLocation = #_sourceLocation) {
    terminal.type("flow 1\r")
    terminal.expect(rows: "way> flow 1", #"got "flow 1""#, "way>", sourceLocation: sourceLocation)
    #expect(terminal.screen.column == "way> ".count, sourceLocation: sourceLocation)
  }

  @Test func onAnEmptyLine() throws {
    let terminal = try terminal()
    terminal.type("\u{3}")
    terminal.expect(rows: "way> ^C", "interrupted", "way>")
    terminal.type("\u{3}\u{3}")
    terminal.expect(rows: "way> ^C", "interrupted", "way> ^C", "interrupted", "way>")
    expectSound(terminal)
  }

  @Test func inALineBegunWithASuggestionBehindIt() throws {
    let terminal = try terminal()
    terminal.type("x fu")
    terminal.expect(rows: "way> x funnel")
    terminal.type("\u{1}\u{3}")
    // The suggestion is gone, and the cursor stood at the start.
    terminal.expect(rows: "way> x fu^C", "interrupted", "way>")
    expectSound(terminal)
  }

  @Test func inTheMenu() throws {
    let terminal = try terminal()
    terminal.type("f\t\t")
    terminal.expect(rows: "way> funnel", "funnel  flow    forget", "a word")
    terminal.type("\u{3}")
    terminal.expect(rows: "way> funnel^C", "interrupted", "way>")
    expectSound(terminal)
  }

  /// It ends the search and gives back what was typed before it, as in other shells' searches ^G does; the next leaves the line.
  @Test func inASearch() throws {
    let terminal = try terminal()
    terminal.type("flow 7\r")
    terminal.expect(rows: #"got "flow 7""#, "way>")
    terminal.type("draft\u{12}flo")
    terminal.expect(rows: "search 'flo': flow 7")
    terminal.type("\u{3}")
    terminal.expect(rows: "way> draft")
    terminal.type("\u{3}")
    terminal.expect(rows: "way> draft^C", "interrupted", "way>")
    expectSound(terminal)
  }

  @Test func whileSomethingRunsAndKeysAreTypedAhead() throws {
    let terminal = try terminal()
    terminal.type("wait\r")
    terminal.expect(rows: "running")
    terminal.type("\u{3}")
    terminal.expect(rows: "stopped", "way>")
    expectSound(terminal)
  }

  @Test func inThePager() throws {
    let pager = FileManager.default.temporaryDirectory.path + "/waymark-pager-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: pager) }
    try "#!/bin/sh\nhead -n 2\necho paged\nexec sleep 60\n".write(toFile: pager, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: pager)
    let terminal = try PseudoTerminal(
      "waymark", arguments: ["-q", "--no-init"], environment: ["PAGER": pager, "NO_COLOR": "1"], rows: 12)
    terminal.expect(rows: "way>")
    terminal.type("help\r")
    terminal.expect(rows: "paged")
    terminal.type("\u{3}")
    terminal.expect("the prompt") { $0.line == "way>" && $0.lines.contains { $0.hasPrefix("paged") } }
    terminal.type("new map m\r")
    terminal.expect(rows: "began map 'm': empty", "way>")
  }

  /// Under a shell that has jobs: the line is there again when the job is.
  @Test func controlZStopsAndTheLineIsThereAgain() throws {
    let terminal = try PseudoTerminal(
      "/bin/bash", arguments: ["--norc", "--noediting", "-i"], environment: ["PS1": "$ ", "HARNESS_GUIDE": "1"])
    terminal.expect(rows: "$")
    terminal.type("\(PseudoTerminal.folder)/editor-harness\r")
    terminal.expect(rows: "way>")
    terminal.type("flow ->\rhalf")
    terminal.expect(rows: "way> flow ->", "...> half")
    terminal.type("\u{1A}")
    terminal.expect("the shell's prompt") { $0.line == "$" && $0.lines.contains { $0.contains("Stopped") } }
    terminal.type("echo back\r")
    terminal.expect(rows: "back", "$")
    terminal.type("fg\r")
    terminal.expect(rows: "way> flow ->", "...> half")
    terminal.type("!\r")
    terminal.expect(rows: #"got "flow ->\nhalf!""#, "way>")
    terminal.type("\u{4}")
    terminal.expect(rows: "bye 0", "$")
  }
}
