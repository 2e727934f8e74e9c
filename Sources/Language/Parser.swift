import SourceText

/// Reads one statement by descent over forms. At each place it records what it could have taken there: completion shows that, and
/// errors are written from it.
struct Parser {
  /// How deep brackets, `not` and statements within statements may nest.
  static let deepest = 64

  let grammar: Grammar
  let text: String
  let tokens: [Token]
  private(set) var index = 0
  private var recordedAt = 0
  private var recorded: [Expectation] = []
  /// Where in `recorded` the last thing asked for begins: where the parser stops, what had to be there.
  private var lastAsked = 0
  private var depth = 0
  /// The statement being read, innermost.
  var frame = Frame()
  /// The statement read last.
  var finished = Frame()
  /// The form of the whole text, as far as its words tell.
  var outermost = ""
  /// Whether people are told here: properties are then those of events and of people, whatever the statement asks.
  var isOfPeople = false
  /// What each token read so far was read as; parallel to `tokens`.
  private(set) var roles: [TokenRole?]
  /// What each name read so far may stand for, by its token's index.
  private(set) var names: [Int: Highlight.Name] = [:]

  /// A statement while it is read.
  struct Frame {
    var form = ""
    var arguments: [ParsedStatement.Labelled] = []
    var clauses = ClausesSyntax()
    /// The clauses its question uses, as it has them, in canonical order.
    var used: [Clause] = []
  }

  init(_ grammar: Grammar, _ text: String, _ tokens: [Token]) {
    self.grammar = grammar
    self.text = text
    self.tokens = tokens
    roles = Array(repeating: nil, count: tokens.count)
  }

  /// The next token; `.end` behind the last.
  var next: Token { tokens[min(index, tokens.count - 1)] }
  var afterNext: Token { tokens[min(index + 1, tokens.count - 1)] }
  var previous: Token? { index > 0 ? tokens[index - 1] : nil }

  /// What the grammar can take at the next token, as far as it was asked; in the order asked, each once. Questions that are not yet
  /// answered are left out, and such as cannot be compared where that is asked.
  var expectations: [Expectation] {
    guard recordedAt == index else { return [] }
    var seen: Set<Expectation> = []
    let once = recorded.filter { seen.insert($0).inserted }
    let asked = [grammar.asks, grammar.questions].first { !$0.verbs.isEmpty && seen.isSuperset(of: $0.verbs) }
    guard let asked else { return once }
    let withheld = Set(asked.verbs).subtracting(asked.dueVerbs)
    return once.filter { !withheld.contains($0) }
  }

  /// What had to stand at the next token, of all the `expectations`.
  var required: [Expectation] {
    guard recordedAt == index else { return [] }
    let last = Set(recorded[lastAsked...])
    return expectations.filter(last.contains)
  }

  // MARK: Moving on

  mutating func expect(_ expectations: [Expectation]) {
    if recordedAt != index { (recordedAt, recorded) = (index, []) }
    lastAsked = recorded.count
    recorded += expectations
  }

  mutating func expect(_ expectation: Expectation) { expect([expectation]) }

  @discardableResult
  mutating func take(as role: TokenRole) -> Token {
    let token = next
    if index < roles.count { roles[index] = role }
    index = min(index + 1, tokens.count - 1)
    return token
  }

  /// Takes the keyword if it is next.
  mutating func takes(_ keyword: String) -> Bool {
    expect(.keyword(keyword))
    guard next.keyword == keyword else { return false }
    take(as: .keyword)
    return true
  }

  mutating func takes(_ symbol: Symbol) -> Bool {
    expect(.symbol(symbol))
    guard next.kind == .symbol(symbol) else { return false }
    take(as: .symbol)
    return true
  }

  mutating func require(_ keyword: String) throws(Diagnostic) {
    if !takes(keyword) { throw failure() }
  }

  mutating func require(_ symbol: Symbol) throws(Diagnostic) {
    if !takes(symbol) { throw failure() }
  }

  /// One of the keywords; `silent` ones are taken but not offered.
  mutating func oneOf(_ words: [String], silent: [String] = []) throws(Diagnostic) -> String {
    expect(words.map(Expectation.keyword))
    guard let word = next.keyword, words.contains(word) || silent.contains(word) else { throw failure() }
    take(as: .keyword)
    return word
  }

  /// A word or string as a name.
  mutating func name(_ names: Names) throws(Diagnostic) -> NameSyntax {
    expect(.name(names))
    if names == .grouping {
      expect(.literal(.variable))
      if case .variable = next.kind {
        var name = try variable()
        name.isVariable = true
        return name
      }
    }
    switch next.kind {
    case .word(let text):
      self.names[index] = Highlight.Name(text: text, kind: names, isOfPeople: isOfPeople)
      return NameSyntax(text: text, isQuoted: false, span: take(as: .name).span)
    case .string(let text):
      self.names[index] = Highlight.Name(text: text, kind: names, isOfPeople: isOfPeople)
      return NameSyntax(text: text, isQuoted: true, span: take(as: .name).span)
    default: throw failure()
    }
  }

  /// What `help` is asked about: a name, or another token as it is written.
  mutating func topic() throws(Diagnostic) -> NameSyntax {
    switch next.kind {
    case .word, .string, .wrong, .end: return try name(.topic)
    case .number, .percent, .duration, .date, .variable, .symbol:
      expect(.name(.topic))
      return NameSyntax(text: next.raw, isQuoted: false, span: take(as: .name).span)
    }
  }

  /// `$name`, without the `$`.
  mutating func variable() throws(Diagnostic) -> NameSyntax {
    expect(.literal(.variable))
    guard case .variable(let text) = next.kind else { throw failure() }
    return NameSyntax(text: text, isQuoted: false, span: take(as: .variable).span)
  }

  mutating func wholeNumber(atLeast least: Int = 0) throws(Diagnostic) -> Int {
    expect(.literal(.wholeNumber))
    guard let number = next.wholeNumber, number >= least else { throw failure() }
    take(as: .literal)
    return number
  }

  /// What stands from the token `start` up to here.
  func span(from start: Int) -> Range<Int> {
    guard start < index else { return next.span.lowerBound..<next.span.lowerBound }
    return tokens[start].span.lowerBound..<tokens[index - 1].span.upperBound
  }

  /// Runs `body` one level deeper, or throws if that is too deep.
  mutating func nested<Result>(
    _ body: (inout Parser) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    guard depth < Self.deepest else {
      throw Diagnostic(
        .nestingTooDeep, "brackets, 'not' and statements nest more than \(Self.deepest) deep", at: next.span)
    }
    depth += 1
    let result = try body(&self)
    depth -= 1
    return result
  }

  /// What `body` reads up to the closing bracket; the opening one was just taken.
  mutating func enclosed<Result>(
    by closing: Symbol, _ body: (inout Parser) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    let opening = tokens[index - 1]
    let start = index - 1
    let result = try nested(body)
    if !takes(closing) {
      // A clause within brackets is one behind brackets that were forgotten.
      let isBehind = next.kind == .end || next.keyword.flatMap { Clause($0) } != nil
      let closed = String(decoding: Array(text.utf8)[span(from: start)], as: UTF8.self) + closing.rawValue
      throw isBehind
        ? Diagnostic(.bracketUnclosed, "'\(opening.raw)' is not closed", at: opening.span, hint: closed)
        : failure()
    }
    return result
  }
}

extension DiagnosticCode {
  package static let bracketUnclosed = DiagnosticCode(
    "bracket.unclosed", "The bracket has no partner.")
  package static let nestingTooDeep = DiagnosticCode(
    "nesting.too-deep", "Brackets, not, and statements within statements may nest 64 deep.")
}
