import Foundation
import Testing

/// `.tour` at a prompt: a step at a time, in a workspace of its own.
@Suite struct TourTests {
  private func withTerminal(_ environment: [String: String] = [:], _ body: (PseudoTerminal) throws -> Void) throws {
    let terminal = try PseudoTerminal(
      "waymark", arguments: ["-q", "--no-init"], environment: ["NO_COLOR": "1"].merging(environment) { $1 })
    terminal.expect(rows: "way>")
    terminal.type("new map mine\r")
    terminal.expect(rows: "began map 'mine': empty", "way>")
    try body(terminal)
  }

  @Test func enterTakesWhatIsOffered() throws {
    // Steps are longer than the screen, and a pager would wait for keys.
    try withTerminal(["PAGER": "cat"]) { terminal in
      terminal.type(".tour\r")
      terminal.expect("the first step, offered") { $0.line == "way> load sample shop" && $0.column == 5 }
      terminal.type("\r")
      terminal.expect("the second") { $0.line == "way> show map" && $0.lines.joined().contains("tour, 2 of 12") }
      // Something else, and the step is still there.
      terminal.type("show personas\r")
      terminal.expect("an answer of the sample's map") { screen in
        screen.line == "way> show map" && screen.lines.contains { $0.contains("Newcomer") }
      }
      // Typed by hand it goes on as well.
      terminal.type(".tour skip\r")
      terminal.expect("the third") { $0.line.hasPrefix("way> funnel Checkout") }
      terminal.type("funnel Checkout -> purchase within 1d per week\r")
      terminal.expect("the fourth") { $0.lines.joined().contains("tour, 4 of 12") && $0.column == 5 }
      terminal.type(".tour stop\r")
      terminal.expect("the end") { $0.line == "way>" && $0.lines.joined().contains("the tour is over") }
      terminal.type("show map\r")
      terminal.expect("the person's own map") { $0.lines.suffix(3).joined().contains("mine") }
      terminal.type("count\r")
      terminal.expect("none of the sample's events") { $0.lines.joined().contains("[events.none]") }
    }
  }

  @Test func aDumbTerminalRunsStepsToo() throws {
    try withTerminal(["TERM": "dumb"]) { terminal in
      terminal.type(".tour\r")
      terminal.expect("the first step") { $0.line == "way>" && $0.lines.joined().contains("tour, 1 of 12") }
      terminal.type("\r")
      terminal.expect("the second") { $0.line == "way>" && $0.lines.joined().contains("tour, 2 of 12") }
    }
  }

  /// Leaving from within asks about the person's own edits, not about the tour's.
  @Test func leavingAsksAboutTheOwnWorkspace() throws {
    try withTerminal { terminal in
      terminal.type(".tour\r")
      terminal.expect("the first step") { $0.line == "way> load sample shop" }
      terminal.type("\u{4}")
      terminal.expect("a question") { $0.line.hasSuffix("(y/n)") }
      terminal.type("y\r")
      #expect(terminal.exitStatus() == 0)
    }
  }
}
