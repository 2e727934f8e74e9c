import Foundation
import Testing

/// `walk` at a prompt: a stop at a time, and what is typed there goes on the map.
@Suite struct WalkTests {
  private func withTerminal(
    _ environment: [String: String] = [:], _ body: (PseudoTerminal) throws -> Void
  ) throws {
    let terminal = try PseudoTerminal(
      "waymark", arguments: ["-q", "--no-init"],
      environment: ["NO_COLOR": "1", "PAGER": "/bin/false"].merging(environment) { $1 })
    terminal.expect(rows: "way>")
    terminal.type("load sample shop\r")
    terminal.expect("the sample") { $0.line == "way>" && $0.lines.joined().contains("Sample shop") }
    try body(terminal)
  }

  @Test func enterBackAndLeave() throws {
    try withTerminal { terminal in
      terminal.type("walk Newcomer\r")
      terminal.expect("the first stop with its figures") { screen in
        screen.line == "way>" && screen.lines.contains("1 of 14 Advertisement")
          && screen.lines.contains { $0.contains("came here") }
          && screen.lines.contains { $0.contains("question   What is") }
          && screen.lines.contains { $0.hasPrefix("Enter goes on, b back, q leaves; ") }
      }
      terminal.type("\r")
      terminal.expect("the second") { $0.line == "way>" && $0.lines.contains("2 of 14 Shop window") }
      terminal.type("\r")
      terminal.expect("the third, in another stage") {
        $0.line == "way>" && $0.lines.contains("stage Interest") && $0.lines.contains("3 of 14 Home page")
      }
      terminal.type("b\r")
      terminal.expect("the second again") { screen in
        screen.line == "way>" && screen.lines.last { $0.contains(" of 14 ") } == "2 of 14 Shop window"
      }
      // Other statements are answered, and the walk is where it was.
      terminal.type("show personas\r")
      terminal.expect("an answer") { $0.line == "way>" && $0.lines.contains { $0.hasPrefix("persona") } }
      terminal.type("q\r")
      terminal.expect(rows: "left the walk at 2 of 14", "way>")
      terminal.type("\r")
      terminal.type("q\r")
      terminal.expect("no statement") { $0.line == "way>" && $0.lines.joined().contains("[statement.unknown]") }
    }
  }

  @Test func whatIsTypedGoesOnTheMap() throws {
    try withTerminal { terminal in
      terminal.type("walk Newcomer\r")
      terminal.expect("the first stop") { $0.line == "way>" && $0.lines.contains("1 of 14 Advertisement") }
      // Nothing of it is read as a statement is: no comment, no open quote.
      terminal.type("pain Banner #2 hides a 15\" screen\r")
      terminal.expect(rows: "added pain 'Banner #2 hides a 15\" screen' to touchpoint 'Advertisement'", "way>")
      terminal.type("question \"Who pays?\" owner Legal\r")
      terminal.expect(rows: "added question 'Who pays?' to touchpoint 'Advertisement'", "way>")
      terminal.type("note ask the agency\r")
      terminal.expect(rows: "noted on touchpoint 'Advertisement'", "way>")
      terminal.type("undo\r")
      terminal.expect("the note is undone") { $0.lines.joined().contains("undone: note \"ask the agency\"") }
      terminal.type("\r")
      terminal.expect("the second stop") { $0.line == "way>" && $0.lines.contains("2 of 14 Shop window") }
      terminal.type("b\r")
      terminal.expect("what was typed at the first") { screen in
        screen.line == "way>" && screen.lines.contains { $0.contains("Banner #2 hides a 15\" screen") }
          && screen.lines.contains { $0.contains("Who pays? (owner Legal)") }
          && !screen.lines.contains { $0.contains("note") && $0.contains("agency") && $0.hasPrefix("  note") }
      }
    }
  }

  @Test func interruptLeaves() throws {
    try withTerminal { terminal in
      terminal.type("walk\r")
      terminal.expect("the first stop") { $0.line == "way>" && $0.lines.contains("1 of 14 Advertisement") }
      terminal.type("\u{3}")
      terminal.expect("the end of the walk") { $0.line == "way>" && $0.lines.contains("left the walk at 1 of 14") }
    }
  }

  /// ^C on a tour gives up the line, and does not take the step that is offered.
  @Test func interruptTakesNoStepOfATour() throws {
    try withTerminal { terminal in
      terminal.type(".tour\r")
      terminal.expect("the first step") { $0.line == "way> load sample shop" }
      terminal.type("\u{3}")
      terminal.settle()
      terminal.type("show personas\r")
      terminal.expect("an answer") { $0.line.hasPrefix("way>") && $0.lines.joined().contains("[map.none]") }
    }
  }

  @Test func toTheEndOnADumbTerminal() throws {
    try withTerminal(["TERM": "dumb", "LC_ALL": "C"]) { terminal in
      terminal.type("walk\r")
      for stop in 1...14 {
        terminal.expect("stop \(stop)") { screen in
          screen.line == "way>" && screen.lines.last { $0.contains(" of 14 ") }?.hasPrefix("\(stop) of 14") == true
        }
        terminal.type("\r")
      }
      terminal.expect(rows: "the walk is over", "way>")
    }
  }
}
