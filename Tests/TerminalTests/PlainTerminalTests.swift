import Foundation
import Testing

/// Terminals that can do little: nothing is sent that they would show as rubbish.
@Suite struct PlainTerminalTests {
  private func terminal(_ environment: [String: String]) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal("waymark", arguments: ["-q", "--no-init"], environment: environment)
    terminal.expect(rows: "way>")
    terminal.type("new map m from template retail\r")
    terminal.expect(rows: "began map 'm': 5 stages", "way>")
    return terminal
  }

  @Test func aDumbOneGetsNoControlSequences() throws {
    let terminal = try terminal(["TERM": "dumb"])
    terminal.type("show stages\r")
    terminal.expect("a table") { $0.line == "way>" && $0.lines.contains { $0.contains("Post-purchase") } }
    terminal.type("add stage\t\r")
    terminal.expect("an error") { $0.line == "way>" && $0.lines.joined().contains("[statement.incomplete]") }
    terminal.type("\u{4}y\r")
    #expect(terminal.exitStatus() == 0)
    #expect(!terminal.bytes.contains(0x1B))
  }

  @Test(arguments: ["C", "POSIX", "de_DE.ISO-8859-1"]) func aLocaleThatIsNotUTF8GetsASCII(locale: String) throws {
    let terminal = try terminal(["LC_ALL": locale])
    terminal.type("add touchpoint Till to Purchase emotion +1\r")
    terminal.expect(rows: "added touchpoint 'Till' to stage 'Purchase'", "way>")
    terminal.type("show map\r")
    terminal.expect("the map") { $0.line == "way>" && $0.lines.contains { $0.contains("Till") && !$0.contains("'") } }
    terminal.settle()
    #expect(terminal.bytes.allSatisfy { $0 < 0x80 })
    // Names keep their letters all the same, and so does what is typed.
    terminal.type("add touchpoint Größe to Purchase\r")
    terminal.expect(rows: "added touchpoint 'Größe' to stage 'Purchase'", "way>")
  }

  @Test func aUTF8LocaleGetsLines() throws {
    let terminal = try terminal(["LC_ALL": "C.UTF-8"])
    terminal.type("show map\r")
    terminal.expect("rules") { $0.lines.contains { $0.contains("─────") } }
    terminal.type(".theme ascii\rshow map\r")
    terminal.expect("rules of hyphens") { $0.lines.contains { $0.contains("------") } }
  }
}
