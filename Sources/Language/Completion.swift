import SourceText

/// What can be typed at a place in a statement.
package struct Completion: Hashable, Sendable {
  /// UTF-8 offsets of what the choice replaces: the word begun before the cursor, or nothing.
  package var range: Range<Int>
  /// The word begun, without the quote or `$` it opens with.
  package var typed: String
  /// How it opens.
  package var opening: Opening
  /// Keywords that go on with what was typed, symbols and literal kinds where nothing was, and the kinds of name that fit; in the
  /// order of the grammar.
  package var expected: [Expectation]
  /// All keywords the place takes: a name that is one of them must be quoted.
  package var competing: Set<String>
  /// The statement that is being typed, the innermost, as far as it was read.
  package var begun: ParsedStatement?
  /// Whether it stands in a test of people.
  package var isOfPeople = false

  package enum Opening: Hashable, Sendable { case nothing, word, quote, variable }

  /// A name as it must be typed here.
  package func written(_ name: String) -> String {
    opening == .quote ? name.quoted : name.writtenAsName(avoiding: competing)
  }
}

extension Grammar {
  /// What can be typed at the cursor, a UTF-8 offset; what stands behind it is not looked at. Nil where the statement is wrong
  /// before it, or the cursor is inside a comment or a literal.
  package func completion(of text: String, at cursor: Int) -> Completion? {
    let before = String(decoding: Array(text.utf8.prefix(max(0, cursor))), as: UTF8.self)
    let length = before.utf8.count
    guard length <= Lexer.longestStatement, Comments.ranges(in: before).last?.upperBound != length else { return nil }
    var tokens = Lexer.tokens(of: before)
    tokens.removeLast()
    var completion = Completion(
      range: length..<length, typed: "", opening: .nothing, expected: [], competing: [])
    if let last = tokens.last, last.span.upperBound == length, let begun = last.begun {
      (completion.typed, completion.opening) = begun
      completion.range = last.span
      tokens.removeLast()
    }
    tokens.append(Token(kind: .end, raw: "", span: completion.range.lowerBound..<completion.range.lowerBound))
    var parser = Parser(self, before, tokens)
    do { _ = try parser.wholeStatement() } catch  where parser.next.kind != .end { return nil } catch {}
    let expected = parser.expectations
    completion.begun = ParsedStatement(
      form: parser.frame.form, arguments: parser.frame.arguments, clauses: parser.frame.clauses, text: before,
      span: 0..<length)
    completion.isOfPeople = parser.isOfPeople
    completion.competing = expected.keywords
    if completion.competing.contains(Clause.where.word) {
      completion.competing.formUnion(Clause.allCases.map(\.word))
    }
    completion.expected = expected.filter(completion.fits)
    return completion
  }
}

extension Completion {
  fileprivate func fits(_ expectation: Expectation) -> Bool {
    switch (expectation, opening) {
    case (.keyword, .nothing), (.name, .nothing), (.symbol, .nothing), (.literal, .nothing), (.end, .nothing): true
    case (.keyword(let word), .word): word.hasPrefix(typed.lowercased())
    case (.name, .word), (.name, .quote): true
    case (.literal(.file), .quote), (.literal(.text), .quote), (.literal(.variable), .variable): true
    default: false
    }
  }
}

extension Token {
  /// What was typed of a token that the cursor stands behind, and how it opens; nil where nothing can complete it.
  fileprivate var begun: (String, Completion.Opening)? {
    switch kind {
    case .word(let text): (text, .word)
    case .variable(let text): (text, .variable)
    case .wrong(let problem) where problem.code == .stringUnclosed: (String(raw.dropFirst()), .quote)
    case .wrong where raw == "$": ("", .variable)
    case .number, .percent, .duration, .date: (raw, .word)
    default: nil
    }
  }
}

extension DiagnosticCode {
  package static let stringUnclosed = DiagnosticCode(
    "string.unclosed", "A quoted text must end on its line; \\n is a line break in it.")
}
