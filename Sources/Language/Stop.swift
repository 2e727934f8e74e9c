import SourceText

/// Where the reading of a statement stopped, for who knows names and dates that the grammar does not.
package struct Stop: Sendable {
  /// The form of the whole statement, as far as its words tell; empty where they tell none.
  package var form: String
  /// That of the statement within it that was being read; else the same.
  package var innerForm: String
  /// The tokens before it.
  package var before: ArraySlice<Token>
  /// What could not be taken, and the tokens behind it up to the end of the statement.
  package var rest: ArraySlice<Token>
  /// What could have stood there.
  package var expected: [Expectation]
  /// What had to stand there.
  package var required: [Expectation]
  /// The unquoted name right before it with the words behind: as many names as there may be words meant, the longest first. Empty
  /// where no name stands there or no word follows.
  package var spacedNames: [SpacedName]

  package struct SpacedName: Hashable, Sendable {
    package var text: String
    package var kind: Names
    package var span: Range<Int>
  }

  /// Whether a keyword may stand there.
  package func takes(_ keyword: String) -> Bool { expected.contains(.keyword(keyword)) }

  package var needsName: Bool { required.takesName }

  package var takesArrow: Bool { expected.contains(.symbol(.then)) }
}

extension Grammar {
  /// Where the reading of a statement stops; nil where it can be read whole.
  package func stop(in text: String) -> Stop? {
    guard text.utf8.count <= Lexer.longestStatement else { return nil }
    var parser = Parser(self, text, Lexer.tokens(of: text))
    do { _ = try parser.wholeStatement() } catch { return parser.stop }
    return nil
  }
}

extension Parser {
  fileprivate var stop: Stop {
    Stop(
      form: outermost, innerForm: frame.form, before: tokens[..<index], rest: tokens[index...], expected: expectations,
      required: required,
      spacedNames: spacedNames)
  }

  private var spacedNames: [Stop.SpacedName] {
    guard index > 0, case .word = tokens[index - 1].kind, let first = names[index - 1] else { return [] }
    let keywords = Set(expectations.compactMap { if case .keyword(let word) = $0 { word } else { nil } })
    let more = tokens[index...].prefix { token in
      if case .word = token.kind { !keywords.contains(token.keyword ?? "") } else { false }
    }
    return more.indices.reversed().map { last in
      let words = tokens[(index - 1)...last]
      return Stop.SpacedName(
        text: words.map(\.raw).joined(separator: " "), kind: first.kind,
        span: words[index - 1].span.lowerBound..<words[last].span.upperBound)
    }
  }
}
