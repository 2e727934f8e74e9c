import SourceText

// What is wrong where the parser cannot go on, written from what it could have taken there. The hint is text to type.

extension Parser {
  /// No form opens with the next token.
  func unknownStatement() -> Diagnostic {
    if let problem = next.problem { return problem }
    if next.kind == .end {
      return index == 0
        ? Diagnostic(.statementIncomplete, "the statement is empty", hint: "help") : unfinished()
    }
    let hint = next.keyword.flatMap { nearest(to: $0, among: grammar.statements.dueVerbs.words) } ?? "help"
    return Diagnostic(.statementUnknown, "\(found) is not a statement", at: next.span, hint: hint)
  }

  /// The next token is none of `expectations`.
  func failure() -> Diagnostic {
    if let problem = next.problem { return problem }
    if next.kind == .end { return unfinished() }
    if let grouped = groupedNumber { return grouped }
    let expected = expectations
    if expected.isVerbs(of: grammar) { return unknownStatement() }
    if expected.contains(.literal(.wholeNumber)), next.isTooLargeCount {
      return Diagnostic(
        .literalWrong, "\(found) is too large a number here, more than \(Token.largestCount)", at: next.span,
        hint: String(Token.largestCount))
    }
    if let asked = questionWithClauses { return wrongClause(of: asked.form, among: expected) }
    if expected == [.symbol(.openSquare)], next.isValue {
      return Diagnostic(
        .symbolUnexpected, "\(found) stands where a list is expected", at: next.span, hint: "[\(next.raw)]")
    }
    let near = next.keyword.flatMap { nearest(to: $0, among: expected.words) }
    if let near, !expected.takesName { return unknownWord(hint: near) }
    if let kinds = listed(expected.names) {
      return Diagnostic(
        .nameExpected, "\(found) stands where \(kinds) is expected", at: next.span,
        hint: nameHint ?? offered(expected))
    }
    if let kinds = listed(expected.literals) {
      return Diagnostic(
        .literalWrong, "\(found) is not \(kinds)", at: next.span, hint: literalHint ?? offered(expected))
    }
    if !expected.words.isEmpty, next.keyword != nil { return unknownWord(hint: offered(expected)) }
    if expected == [.end] {
      return Diagnostic(
        .statementLeftOver, "\(found) is left over: the statement is complete before it", at: next.span)
    }
    return Diagnostic(.symbolUnexpected, "\(found) cannot stand here", at: next.span, hint: offered(expected))
  }

  /// The statement ends too early.
  private func unfinished() -> Diagnostic {
    let expected = expectations.count <= 8 ? expectations : required
    let words = required.words
    let kinds =
      listed(required.names) ?? listed(required.literals)
      ?? (required == [.symbol(.openSquare)]
        ? "a list"
        : required.isComparison
          ? "a comparison" : words.count == 1 ? "'\(words[0])'" : words.isEmpty ? "more" : "a word")
    return Diagnostic(
      .statementIncomplete, "the statement ends where \(kinds) is expected", at: next.span,
      hint: qualifierAsName ?? offered(expected))
  }

  private func unknownWord(hint: String?) -> Diagnostic {
    Diagnostic(.wordUnknown, "\(found) is not known here", at: next.span, hint: hint)
  }

  /// The question whose clauses may stand here.
  private var questionWithClauses: Frame? {
    let asked = frame.used.isEmpty ? finished : frame
    let isAmongThem = expectations.contains { [.keyword("as"), .keyword("where")].contains($0) }
    return !asked.used.isEmpty && isAmongThem && !expectations.takesName ? asked : nil
  }

  private func wrongClause(of form: String, among expected: [Expectation]) -> Diagnostic {
    if case .variable(let name)? = previous?.kind, next.kind == .symbol(.then) || next.kind == .symbol(.next) {
      return Diagnostic(
        .symbolUnexpected, "\(found) cannot follow a variable", at: next.span, hint: ("$" + name).quoted)
    }
    guard let word = next.keyword else {
      return Diagnostic(.symbolUnexpected, "\(found) cannot stand here", at: next.span, hint: offered(expected))
    }
    return Diagnostic(
      .clauseUnknown, "\(found) is not a clause of '\(form)'", at: next.span,
      hint: nearest(to: word, among: expected.words)
        ?? offered(expected.filter { if case .symbol = $0 { false } else { true } }))
  }

  /// What is said of `12,430`, of which the first comma is next.
  private var groupedNumber: Diagnostic? {
    guard let first = previous, case .number = first.kind, first.raw.isDigits, first.raw.utf8.count <= 3 else {
      return nil
    }
    var (digits, end) = (first.raw, first.span.upperBound)
    for place in stride(from: index, to: tokens.count - 1, by: 2) {
      let (comma, group) = (tokens[place], tokens[place + 1])
      guard comma.kind == .symbol(.comma), comma.span.lowerBound == end, group.span.lowerBound == end + 1,
        group.raw.prefix(while: \.isNumber).utf8.count == 3, case .number = group.kind
      else { break }
      (digits, end) = (digits + group.raw, group.span.upperBound)
    }
    guard end > first.span.upperBound else { return nil }
    let span = first.span.lowerBound..<end
    let written = String(decoding: Array(text.utf8)[span], as: UTF8.self)
    return Diagnostic(
      .literalWrong, "'\(shortened(written))' is no number: commas part lists", at: span, hint: digits)
  }

  private var found: String { "'\(shortened(next.raw))'" }

  /// The next token as a name; or the qualifier before it, if that was meant as one.
  private var nameHint: String? {
    switch next.kind {
    case .number, .percent, .duration, .date, .variable: next.raw.quoted
    default: qualifierAsName
    }
  }

  /// `"event"` where nothing that it qualifies follows.
  private var qualifierAsName: String? {
    guard let previous, let word = previous.keyword, Competing.step.contains(word), required.takesName,
      expectations.count == 1
    else { return nil }
    return previous.raw.quoted
  }

  /// The next token as the literal that it lacks a sign to be.
  private var literalHint: String? {
    guard case .word(let word) = next.kind else { return nil }
    if expectations.contains(.literal(.file)) || expectations.contains(.literal(.text)) { return word.quoted }
    return expectations == [.literal(.variable)] ? "$" + word : nil
  }

  /// `a stage, a step or an event`; nil for none.
  private func listed(_ kinds: [String]) -> String? {
    guard let last = kinds.last else { return nil }
    return kinds.count == 1 ? last : kinds.dropLast().joined(separator: ", ") + " or " + last
  }

  /// Up to a dozen things to type.
  private func offered(_ expectations: [Expectation]) -> String? {
    let texts = expectations.typed
    guard !texts.isEmpty else { return nil }
    return texts.prefix(12).joined(separator: ", ") + (texts.count > 12 ? ", …" : "")
  }
}

extension Token {
  /// Whether it may be a value of a list.
  fileprivate var isValue: Bool {
    switch kind {
    case .word, .string, .number, .percent, .duration, .date, .variable: true
    case .symbol, .wrong, .end: false
    }
  }

  fileprivate var problem: Diagnostic? {
    if case .wrong(let problem) = kind { problem } else { nil }
  }
}

extension Symbol {
  /// Text to type that begins with it; nil where it alone says nothing.
  fileprivate var example: String? {
    switch self {
    case .then, .next: rawValue + " STEP"
    case .openSquare: "[a, b]"
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains: rawValue
    case .any: "*"
    case .range, .openRound, .closeRound, .closeSquare, .openCurly, .closeCurly, .bar, .comma, .optional: nil
    }
  }
}

extension Expectation {
  /// Text to type for it; nothing for names, which only the caller knows.
  fileprivate var typed: [String] {
    switch self {
    case .keyword(let word): [word]
    case .literal(let literal): literal.examples
    case .symbol(let symbol): symbol.example.map { [$0] } ?? []
    case .name, .end: []
    }
  }
}

extension [Expectation] {
  fileprivate var words: [String] { compactMap { if case .keyword(let word) = $0 { word } else { nil } } }

  fileprivate var names: [String] { compactMap { if case .name(let names) = $0 { names.described } else { nil } } }

  /// The kinds of literal. That a variable may stand for one is only said where nothing else can be there.
  fileprivate var literals: [String] {
    let kinds: [Literal] = compactMap { if case .literal(let literal) = $0 { literal } else { nil } }
    if kinds == [.variable] { return words.isEmpty ? kinds.map(\.described) : [] }
    return kinds.filter { $0 != .variable }.map(\.described)
  }

  /// All that can be typed, but brackets, `?` and variables only where there is nothing else.
  fileprivate var typed: [String] {
    let lesser: Set<Expectation> = [
      .literal(.variable), .symbol(.openRound), .symbol(.optional), .symbol(.openCurly), .symbol(.any), .symbol(.comma),
      .symbol(.openSquare), .symbol(.range), .keyword("not"),
    ]
    let main = filter { !lesser.contains($0) }.flatMap(\.typed)
    return main.isEmpty && !takesName ? flatMap(\.typed) : main
  }

  fileprivate var isComparison: Bool { self == Expectation.comparison }

  /// Whether any statement that is answered may begin here.
  fileprivate func isVerbs(of grammar: Grammar) -> Bool {
    !isEmpty && Set(self).isSuperset(of: grammar.statements.dueVerbs)
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
        .clauseUnused, "'\(form.name)' does not use '\(clause)'",
        at: span.lowerBound..<(span.lowerBound + clause.word.utf8.count),
        hint: used.map(\.word).joined(separator: ", "))
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

  /// Reads a text as one operand.
  package func parse(_ text: String, as slot: Slot) throws(Diagnostic) -> Argument {
    try whole(text) { parser throws(Diagnostic) in try slot.read(&parser, [.end]) }
  }

  /// Reads a step as maps and definitions keep it.
  package func one(_ text: String) throws(Diagnostic) -> OneSyntax {
    try whole(text) { parser throws(Diagnostic) in try parser.one() }
  }

  /// Reads a test of people as maps and definitions keep it.
  package func people(_ text: String) throws(Diagnostic) -> PeopleSyntax {
    try whole(text) { parser throws(Diagnostic) in try parser.people() }
  }

  private func whole<Syntax>(
    _ text: String, _ read: (inout Parser) throws(Diagnostic) -> Syntax
  ) throws(Diagnostic) -> Syntax {
    var parser = try parser(for: text)
    let syntax = try read(&parser)
    try parser.requireEnd()
    return syntax
  }

  func parser(for text: String) throws(Diagnostic) -> Parser {
    let length = text.utf8.count
    guard length <= Lexer.longestStatement else {
      throw Diagnostic(
        .statementTooLong, "the statement has \(length) bytes, more than \(Lexer.longestStatement)", at: 0..<1)
    }
    return Parser(self, text, Lexer.tokens(of: text))
  }
}

extension DiagnosticCode {
  package static let statementUnknown = DiagnosticCode(
    "statement.unknown", "No statement begins with this word. Help lists those that there are.")
  package static let statementIncomplete = DiagnosticCode(
    "statement.incomplete", "The statement ends where something more must stand; the hint is what could.")
  package static let statementLeftOver = DiagnosticCode(
    "statement.left-over",
    "The statement is complete before this word. Two statements need a ; or a line end between them.")
  package static let statementTooLong = DiagnosticCode(
    "statement.too-long", "A statement may have 64 KiB.")
  package static let clauseUnknown = DiagnosticCode(
    "clause.unknown",
    "No clause begins with this word. A name of several words needs quotes; steps are joined by arrows.")
  package static let clauseUnused = DiagnosticCode(
    "clause.unused", "The clause exists, but this question makes no use of it; the hint lists those it does.")
  package static let wordUnknown = DiagnosticCode(
    "word.unknown", "Only certain words can stand here; the hint is the nearest, or lists them.")
  package static let nameExpected = DiagnosticCode(
    "name.expected", "A name must stand here. A name that is a keyword, a number or has blanks needs quotes.")
  package static let literalWrong = DiagnosticCode(
    "literal.wrong",
    "A value of another kind must stand here: durations have units (7d), percents a %, dates are 2025-07-01.")
  package static let symbolUnexpected = DiagnosticCode(
    "symbol.unexpected", "This cannot stand here; the hint is what can.")
}
