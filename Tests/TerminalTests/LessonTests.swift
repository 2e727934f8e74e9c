import Foundation
import Testing

/// Lessons at a prompt of 80 columns and 24 rows.
@Suite struct LessonTests {
  private let state = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-\(UUID().uuidString)").path

  private func terminal(_ environment: [String: String] = [:]) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      "waymark", arguments: ["-q", "--no-init"],
      environment: ["NO_COLOR": "1", "XDG_STATE_HOME": state].merging(environment) { $1 })
    terminal.expect(rows: "way>")
    return terminal
  }

  private func remove() { try? FileManager.default.removeItem(atPath: state) }

  @Test func theTaskStaysOnTheScreen() throws {
    defer { remove() }
    let terminal = try terminal()
    terminal.type("lesson 1\r")
    terminal.expect("the first task") { screen in
      screen.line == "way>" && screen.lines.contains { $0.hasPrefix("1.1  ▱▱") }
        && screen.lines.contains { $0.hasPrefix("task: ") }
    }
    // An answer longer than the screen would push the task away; no pager is in the way.
    terminal.type("help funnel\r")
    terminal.expect("the task again") { screen in
      screen.line == "way>" && screen.lines.contains { $0.hasPrefix("task: ") }
    }
    terminal.type("skip\r")
    terminal.expect("it waits") {
      $0.line == "way>" && $0.lines.joined().contains("✓ 1.1 skipped ▰▱▱▱▱▱▱▱ 1/8 Enter goes on")
    }
    terminal.type("\r")
    terminal.expect("the second") { $0.line == "way>" && $0.lines.contains { $0.hasPrefix("1.2  ▰▱") } }
    terminal.type("\r")
    terminal.expect("its task again") { $0.line == "way>" && $0.lines.filter { $0.hasPrefix("1.2  ▰▱") }.count == 2 }
  }

  /// Killed in the middle of lesson 7 it goes on there, and what was typed in the lesson is in no history.
  @Test func aKillLosesNoStep() throws {
    defer { remove() }
    do {
      let terminal = try terminal()
      terminal.type("lesson 7\r")
      terminal.expect("the first task") { $0.line == "way>" && $0.lines.contains { $0.hasPrefix("7.1 ") } }
      for step in 1...2 {
        terminal.type("skip\r")
        terminal.expect("step \(step)") {
          $0.line == "way>" && $0.lines.joined(separator: "").contains("7.\(step) skipped")
        }
        terminal.type("\r")
        terminal.expect("the next") { $0.line == "way>" && $0.lines.contains { $0.hasPrefix("7.\(step + 1) ") } }
      }
      terminal.type("count visit\r")
      terminal.expect("explored") { $0.line == "way>" && $0.lines.joined().contains("way> count visit") }
      terminal.settle()
      terminal.signal(SIGKILL)
      _ = terminal.exitStatus()
    }
    let terminal = try terminal()
    terminal.type("lesson 7\r")
    terminal.expect("where it was") { $0.line == "way>" && $0.lines.contains { $0.hasPrefix("7.3  ▰▰▱") } }
    let history = try String(contentsOfFile: state + "/waymark/history", encoding: .utf8)
    #expect(history.contains("lesson 7") && !history.contains("count visit") && !history.contains("skip"))
  }

  @Test func aDumbTerminalIsReadable() throws {
    defer { remove() }
    let terminal = try terminal(["TERM": "dumb", "LC_ALL": "C"])
    terminal.type("lesson 1\r")
    terminal.expect("the first task") { screen in
      screen.line == "way>" && screen.lines.contains { $0.hasPrefix("1.1  -----") }
        && screen.lines.contains { $0.hasPrefix("task: ") }
    }
    #expect(!terminal.bytes.contains(0x1B) && terminal.bytes.allSatisfy { $0 < 0x80 })
  }
}
