/// What a token of a statement is, for painting it.
package enum TokenRole: Hashable, Sendable {
  case keyword, name, literal, variable, symbol
  /// Where the statement goes wrong, and what follows it.
  case unread
}

/// A token and what it is.
package struct Highlight: Hashable, Sendable {
  package var span: Range<Int>
  package var role: TokenRole
  /// A name, quotes taken off, and what it may stand for.
  package var name: Name?

  package struct Name: Hashable, Sendable {
    package var text: String
    package var kind: Names
    /// Whether it stands in a test of people.
    package var isOfPeople: Bool
  }
}

extension Grammar {
  /// Every token of a statement with what it was read as, as far as the statement can be read.
  package func highlights(of text: String) -> [Highlight] {
    guard text.utf8.count <= Lexer.longestStatement else { return [] }
    var parser = Parser(self, text, Lexer.tokens(of: text))
    _ = try? parser.wholeStatement()
    return parser.tokens.indices.dropLast().map { index in
      Highlight(span: parser.tokens[index].span, role: parser.roles[index] ?? .unread, name: parser.names[index])
    }
  }
}
