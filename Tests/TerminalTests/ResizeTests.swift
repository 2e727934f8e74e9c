import Foundation
import TestSupport
import Testing

/// The prompt in a terminal that wraps what it shows anew at each width.
@Suite struct ResizeTests {
  private static let line = "1 funnel 12 概要 alpha beta gamma 概要 1234567890 flow delta epsilon zeta 概要 eta 42 theta"

  @Test(
    arguments: [0, 3, 20], ["", " fu", " ->\rsecond line of it 概要 that is long as well, so that it is wrapped", "\t"])
  func aWindowOfAnotherWidthHasOnePrompt(rowsAbove: Int, end: String) throws {
    try expectOnePrompt(widths: [80, 130, 60, 99, 98, 30, 140], rowsAbove: rowsAbove, keys: Self.line + end)
  }

  /// The cursor anywhere in the text, also where its row scrolls off.
  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8]) func theCursorMayStandAnywhere(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let widths = (0..<4).map { _ in Int.random(in: 25...140, using: &random) }
    let back = Int.random(in: 1...80, using: &random)
    try expectOnePrompt(
      widths: widths, rowsAbove: Int.random(in: 0...3, using: &random),
      keys: Self.line + String(repeating: "\u{1B}[D", count: back))
  }

  /// The screen has one prompt at each width, and so has all that scrolled off above it, where the prompt did not stand so near the top that
  /// it scrolled off itself.
  private func expectOnePrompt(
    widths: [Int], rowsAbove: Int, keys: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let terminal = try PseudoTerminal(
      "editor-harness", environment: ["HARNESS_GUIDE": "1"], columns: 100, rows: 12)
    terminal.expect(rows: "way>")
    // What is typed before the prompt is there again is echoed by the terminal, a row more.
    for row in 0..<rowsAbove {
      terminal.type("x\r")
      terminal.expect("the rows above") { $0.line == "way>" && $0.everyLine.count == 2 * row + 3 }
    }
    terminal.type(keys)
    terminal.expect("the text", sourceLocation: sourceLocation) { $0.lines.joined().contains("theta") }
    terminal.settle()
    for width in widths + [300] {
      terminal.reflow(columns: width)
      terminal.settle()
      let lines = rowsAbove > 2 ? terminal.screen.everyLine : terminal.screen.lines
      #expect(
        lines.filter { $0.hasPrefix("way> 1 fu") }.count == 1, "\(width):\n\(lines.joined(separator: "\n"))",
        sourceLocation: sourceLocation)
    }
    terminal.type("\u{1B}[200~!\u{1B}[201~\r")
    terminal.expect("the text whole", sourceLocation: sourceLocation) { $0.lines.joined().contains("got \"1 funnel") }
  }
}
