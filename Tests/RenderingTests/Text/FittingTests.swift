import SourceText
import Testing

@testable import Rendering

@Suite struct FittingTests {
  @Test(arguments: [
    ("purchase", 8, "purchase"), ("purchase", 7, "purcha…"), ("purchase", 1, "…"), ("purchase", 0, ""),
    ("長長長", 5, "長長…"),
    ("長長長", 4, "長…"), ("👩‍👩‍👧‍👦x👩‍👩‍👧‍👦", 4, "👩‍👩‍👧‍👦x…"), ("e\u{301}te\u{301}", 2, "e\u{301}…"),
  ]) func textIsCutAtWholeCharacters(_ text: String, _ columns: Int, _ fitted: String) {
    #expect(text.fitted(to: columns, ellipsis: "…") == fitted)
  }

  @Test(arguments: [
    ("a bc def", 4, ["a bc", " def"]), ("abcdefgh", 4, ["abcd", " efg", " h"]), ("長長長", 4, ["長長", " 長"]), ("", 4, [""]),
    ("  a   b ", 9, ["a b"]), ("ab cdefgh", 4, ["ab", " cde", " fgh"]),
  ]) func textIsWrapped(_ text: String, _ columns: Int, _ lines: [String]) {
    #expect(text.wrapped(to: columns, indent: 1) == lines)
  }

  @Test func factsArePacked() {
    #expect(["web", "app", "Marketing", "x"].packed(to: 9, separator: " · ") == ["web · app", "Marketing", "x"])
  }

  @Test func linesAreCutWithTheirInk() {
    var line = StyledLine("visit", .strong)
    line.append("  ")
    line.append("purchase", .dim)
    line.append("   ")
    #expect(
      line.fitted(to: 15, ellipsis: "…").painted(in: RenderingContext(style: .plain)).forTerminal == "visit  purchase")
    #expect(line.fitted(to: 10, ellipsis: "…").painted(in: RenderingContext(style: .plain)).forTerminal == "visit  pu…")
    #expect(
      line.fitted(to: 3, ellipsis: "…").painted(in: RenderingContext(style: .colour)).forTerminal
        == "\u{1B}[1mvi\u{1B}[0m\u{1B}[2m…\u{1B}[0m")
    #expect(line.fitted(to: 2, ellipsis: "...").painted(in: RenderingContext(style: .plain)).forTerminal == "..")
  }

  @Test func longLinesOfRunningTextAreBrokenAtBlanks() {
    let text = "short\n  - a line that is too long for it\n"
    #expect(text.filled(to: 20) == "short\n  - a line that is\n    too long for it\n")
    #expect(text.filled(to: 80) == text)
    #expect("客客客客客客".filled(to: 8).split(separator: "\n").allSatisfy { $0.displayWidth <= 8 })
  }
}
