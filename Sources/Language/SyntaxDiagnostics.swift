import SourceText

// What is wrong where the parser cannot go on, written from what it could have taken there. The hint is text to type.

extension Parser {
  /// No form opens with the next token.
  func unknownStatement() -> Diagnostic {
    if let problem = next.problem { return problem }
    if next.kind == .end { return unfinished() }
    let verbs = grammar.forms.filter(\.isDue).compactMap(\.verb)
    let hint = next.keyword.flatMap { nearest(to: $0, among: verbs) } ?? "help"
    return Diagnostic("statement.unknown", "'\(shortened(next.raw))' is not a statement", at: next.span, hint: hint)
  }

  /// The next token is none of `expectations`.
  func failure() -> Diagnostic {
    if let problem = next.problem { return problem }
    if next.kind == .end { return unfinished() }
    let keywords = expectations.words
    let found = "'\(shortened(next.raw))'"
    let near = next.keyword.flatMap { nearest(to: $0, among: keywords) }
    if isAmongClauses { return wrongClause(found, near: near) }
    if let near, !expectations.takesName {
      return Diagnostic("word.unknown", "\(found) is not known here", at: next.span, hint: near)
    }
    if let kinds = described(expectations.names) {
      let quoted = isQuotable ? "\"\(next.raw)\"" : nil
      return Diagnostic(
        "name.expected", "\(found) stands where \(kinds) is expected", at: next.span,
        hint: quoted ?? offered(expectations))
    }
    if let kinds = described(expectations.literals) {
      return Diagnostic("literal.wrong", "\(found) is not \(kinds)", at: next.span, hint: offered(expectations))
    }
    if !keywords.isEmpty {
      return Diagnostic("word.unknown", "\(found) is not known here", at: next.span, hint: offered(expectations))
    }
    if expectations.contains(.end), expectations.count == 1 {
      return Diagnostic(
        "statement.left-over", "\(found) is left over: the statement is complete before it", at: next.span)
    }
    return Diagnostic("symbol.expected", "\(found) cannot stand here", at: next.span, hint: offered(expectations))
  }

  /// The statement ends too early.
  private func unfinished() -> Diagnostic {
    let kinds =
      described(expectations.names) ?? described(expectations.literals)
      ?? (expectations.words.isEmpty ? "more" : expectations.words.count == 1 ? "'\(expectations.words[0])'" : "a word")
    return Diagnostic(
      "statement.incomplete", "the statement ends where \(kinds) is expected", at: next.span,
      hint: offered(expectations))
  }

  /// Whether clauses may stand here.
  private var isAmongClauses: Bool {
    !frame.used.isEmpty
      && expectations.contains { $0 == .keyword(Clause.as.rawValue) || $0 == .keyword(Clause.where.rawValue) }
      && !expectations.takesName
  }

  private func wrongClause(_ found: String, near: String?) -> Diagnostic {
    var hint = near
    if hint == nil, next.keyword != nil, expectations.contains(.symbol(.then)) { hint = "-> \(next.raw)" }
    return Diagnostic(
      "clause.unknown", "\(found) is not a clause of '\(frame.form)'", at: next.span,
      hint: hint ?? offered(expectations))
  }

  /// Whether the token would be a name if it were quoted.
  private var isQuotable: Bool {
    switch next.kind {
    case .number, .percent, .duration, .date: true
    case .variable: true
    default: false
    }
  }

  /// `a stage, a step or an event`.
  private func described(_ kinds: [String]) -> String? {
    guard let last = kinds.last else { return nil }
    return kinds.count == 1 ? last : kinds.dropLast().joined(separator: ", ") + " or " + last
  }

  /// Up to a dozen things to type.
  private func offered(_ expectations: [Expectation]) -> String? {
    let texts = expectations.flatMap(\.typed)
    guard !texts.isEmpty else { return nil }
    return texts.prefix(12).joined(separator: ", ") + (texts.count > 12 ? ", …" : "")
  }
}

extension Form {
  var verb: String? {
    if case .word(let verb)? = syntax.first { verb } else { nil }
  }
}

extension Token {
  fileprivate var problem: Diagnostic? {
    if case .wrong(let problem) = kind { problem } else { nil }
  }
}

extension Expectation {
  /// Text to type for it; nothing for names, which the caller knows.
  fileprivate var typed: [String] {
    switch self {
    case .keyword(let word): [word]
    case .literal(let literal): literal.examples
    case .symbol(let symbol): [symbol.rawValue]
    case .name, .end: []
    }
  }
}

extension [Expectation] {
  fileprivate var words: [String] { compactMap { if case .keyword(let word) = $0 { word } else { nil } } }

  fileprivate var names: [String] { compactMap { if case .name(let names) = $0 { names.described } else { nil } } }

  fileprivate var literals: [String] {
    compactMap { if case .literal(let literal) = $0 { literal.described } else { nil } }
  }
}

// MARK: Clauses a question does not use

extension Grammar {
  /// Reports the first clause that its question does not use, in the statement and in those within it. The grammar reads every
  /// clause everywhere, so this is asked before a statement runs.
  package func check(_ statement: ParsedStatement) throws(Diagnostic) {
    for argument in statement.arguments {
      switch argument.value {
      case .statement(let inner), .meaning(.ask(let inner)): try check(inner)
      default: continue
      }
    }
    guard let form = form(named: statement.form), let used = form.clauses else { return }
    let written = statement.clauses.spans.sorted { $0.value.lowerBound < $1.value.lowerBound }
    for (clause, span) in written where !used.contains(clause) {
      throw Diagnostic(
        "clause.unused", "'\(form.name)' does not use '\(clause)'",
        at: span.lowerBound..<(span.lowerBound + clause.rawValue.utf8.count),
        hint: used.map(\.rawValue).joined(separator: ", "))
    }
  }
}

// MARK: Entrances

extension Grammar {
  /// Reads one statement. Its text may hold comments and line ends, but no `;`.
  package func parse(_ text: String) throws(Diagnostic) -> ParsedStatement {
    var parser = try parser(for: text)
    return try parser.wholeStatement()
  }

  /// Reads a text as one operand, as maps keep them: a link as `.one`, a persona as `.people`.
  package func parse(_ text: String, as slot: Slot) throws(Diagnostic) -> Argument {
    var parser = try parser(for: text)
    let argument = try parser.argument(slot, then: [.end])
    try parser.requireEnd()
    return argument
  }

  func parser(for text: String) throws(Diagnostic) -> Parser {
    let length = text.utf8.count
    guard length <= Lexer.longestStatement else {
      throw Diagnostic(
        "statement.too-long", "the statement has \(length) bytes, more than \(Lexer.longestStatement)", at: 0..<1)
    }
    return Parser(self, text, Lexer.tokens(of: text))
  }
}
