import SourceText
import Testing

@Suite struct DiagnosticTests {
  @Test func messageLineCaretsAndHint() {
    let error = Diagnostic(code("statement.unknown"), "'funel' is not a statement", at: 0..<5, hint: "funnel")
    #expect(
      error.rendered(in: "funel visit -> cart") == """
        error: 'funel' is not a statement [statement.unknown]
          funel visit -> cart
          ^^^^^
          hint: funnel
        """)
  }

  /// Carets count columns: 客 takes two, and a combining accent none.
  @Test func caretsCountColumns() {
    let text = "funnel 客户e\u{301} -> x"
    let span = 7..<(7 + 6 + 3)
    #expect(Diagnostic(code("a.b"), "no", at: span).rendered(in: text).hasSuffix("\n         ^^^^^"))
  }

  @Test func onlyTheLineAtFaultIsShown() {
    let text = "funnel a ->\n  b within 7"
    let error = Diagnostic(code("literal.wrong"), "'7' is not a duration", at: 23..<24, place: "x.way:2:12")
    #expect(
      error.rendered(in: text) == """
        x.way:2:12: error: '7' is not a duration [literal.wrong]
            b within 7
                     ^
        """)
  }

  /// A long line is cut around the span, and the carets stay under it.
  @Test func longLinesAreCut() {
    let text = String(repeating: "a -> ", count: 100) + "WRONG" + String(repeating: " -> b", count: 100)
    let lines = Diagnostic(code("a.b"), "no", at: 500..<505).rendered(in: text, width: 60).split(separator: "\n")
    #expect(lines[1].count <= 60 && lines[1].contains("WRONG"))
    let column = lines[2].prefix { $0 == " " }.count
    #expect(lines[1].dropFirst(column).hasPrefix("WRONG"))
  }

  @Test func spansBehindTheEndAreHeld() {
    #expect(Diagnostic(code("a.b"), "no", at: 3..<3).rendered(in: "abc").hasSuffix("\n     ^"))
    #expect(Diagnostic(code("a.b"), "no", at: 90..<99).rendered(in: "abc").hasSuffix("^"))
    #expect(Diagnostic(code("a.b"), "no", at: 0..<1).rendered(in: "") == "error: no [a.b]")
  }

  @Test func whatATerminalMightObeyIsShown() {
    let text = "a\u{1B}[31m\u{202E}b\tc\r\nnext"
    let problem = Diagnostic(code("a.b"), "no \u{7}", at: 9..<10, hint: "\u{9B}m", place: "\u{1B}.csv")
    #expect(
      problem.rendered(in: text) == #"""
        \u{1B}.csv: error: no \u{7} [a.b]
          a\u{1B}[31m\u{202E}b c
                             ^
          hint: \u{9B}m
        """#)
  }

  @Test func positions() {
    #expect("ab\ncd".position(ofUTF8: 4) == (2, 2))
    #expect("é\nx".position(ofUTF8: 2) == (1, 2))
  }
}

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("funel", "funnel"), ("purchse", "purchase"), ("Purchase", "purchase"), ("crat", "cart"), ("xyz", nil),
    ("ct", nil), ("", nil),
  ])
  func theNearestIsMeant(word: String, expected: String?) {
    #expect(nearest(to: word, among: ["funnel", "purchase", "cart"]) == expected)
  }

  @Test func tiesGoToTheEarlier() {
    #expect(nearest(to: "cat", among: ["cart", "cast"]) == "cart")
  }
}

private func code(_ name: String) -> DiagnosticCode { DiagnosticCode(name, "") }
