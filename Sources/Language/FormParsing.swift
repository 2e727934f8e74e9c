import SourceText

// Statement level: forms as data, walked with what may follow at each place, so that a keyword that may follow wins over a name.

extension Parser {
  /// A whole text as one statement.
  mutating func wholeStatement() throws(Diagnostic) -> ParsedStatement {
    let statement = try statement(grammar.statements, then: [.end])
    try requireEnd()
    return statement
  }

  mutating func requireEnd() throws(Diagnostic) {
    expect(.end)
    if next.kind != .end { throw failure() }
  }

  /// A statement by one of the forms: its verb and the words after it narrow them until one is left or the words are used up.
  mutating func statement(_ forms: FormSet, then follow: [Expectation]) throws(Diagnostic) -> ParsedStatement {
    let (outer, start) = (frame, index)
    frame = Frame()
    expect(forms.dueVerbs)
    var live = next.keyword.map { forms[$0] } ?? []
    guard !live.isEmpty else { throw unknownStatement() }
    var depth = 0
    while let first = live.first {
      frame.form = first.name
      if start == 0 { outermost = first.name }
      frame.used = first.clauses ?? []
      let isShared = next.keyword.map { word in live.allSatisfy { $0.opens(with: word, at: depth) } } ?? false
      guard live.count > 1, isShared else { break }
      take(as: .keyword)
      depth += 1
      live = try fitting(live, at: depth, then: follow)
    }
    try sequence((live.first?.syntax ?? [])[depth...], then: follow, isKept: false)
    let statement = ParsedStatement(
      form: frame.form, arguments: frame.arguments, clauses: frame.clauses, text: text, span: span(from: start))
    (finished, frame) = (frame, outer)
    return statement
  }

  /// Those of the forms, of which `depth` words are read, that the next token fits.
  private mutating func fitting(
    _ live: [Form], at depth: Int, then follow: [Expectation]
  ) throws(Diagnostic) -> [Form] {
    let openings = live.map { grammar.first($0.syntax[depth...], then: follow) }
    let due = zip(live, openings).filter(\.0.isDue).map(\.1)
    expect((due.isEmpty ? openings : due).flatMap { $0 })
    let fitting = zip(live, fits(openings)).filter(\.1).map(\.0)
    if fitting.isEmpty { throw failure() }
    return fitting
  }

  /// Which of the openings the next token fits: by keyword if any, else by kind.
  private func fits(_ openings: [[Expectation]]) -> [Bool] {
    if let word = next.keyword {
      let exact = openings.map { $0.contains(.keyword(word)) }
      if exact.contains(true) { return exact }
    }
    return openings.map { opening in opening.contains { $0.accepts(next) } }
  }

  /// The elements in turn. `follow` is what may stand after them; words are kept as arguments where they say something.
  mutating func sequence(
    _ items: ArraySlice<Syntax>, then follow: [Expectation], isKept: Bool
  ) throws(Diagnostic) {
    for (index, item) in zip(items.indices, items) {
      try element(item, then: grammar.first(items[(index + 1)...], then: follow), isKept: isKept)
    }
  }

  private mutating func element(_ item: Syntax, then follow: [Expectation], isKept: Bool) throws(Diagnostic) {
    switch item {
    case .word(let word):
      let start = index
      try require(word)
      if isKept { keep(word, .word(word), from: start) }
    case .symbol(let symbol): try require(symbol)
    case .slot(let label, let slot): try operand(label, slot, then: follow)
    case .optional(let content):
      if begins(content, orElse: follow) { try sequence(content[...], then: follow, isKept: true) }
    case .repeated(let content):
      let again = grammar.first(content[...])
      while begins(content, orElse: follow) { try sequence(content[...], then: again + follow, isKept: true) }
    case .choice(let alternatives):
      let openings = alternatives.map { grammar.first($0[...]) }
      expect(openings.flatMap { $0 })
      guard let chosen = fits(openings).firstIndex(of: true) else { throw failure() }
      try sequence(alternatives[chosen][...], then: follow, isKept: true)
    case .clauses: try clauses()
    }
  }

  /// Whether the next token begins `content` rather than what may follow.
  private mutating func begins(_ content: [Syntax], orElse follow: [Expectation]) -> Bool {
    let opening = grammar.first(content[...])
    expect(opening)
    if let word = next.keyword {
      if opening.contains(.keyword(word)) { return true }
      if follow.contains(.keyword(word)) { return false }
    }
    return opening.contains { $0.accepts(next) }
  }

  func kindWritten() -> String? {
    for case .word(let kind) in frame.arguments.filter({ $0.label == "kind" }).map(\.value) { return kind }
    return nil
  }

  mutating func keep(_ label: String, _ value: Argument, from start: Int) {
    frame.arguments.append(.init(label: label, value: value, span: span(from: start)))
  }
}

extension Form {
  fileprivate func opens(with keyword: String, at depth: Int) -> Bool {
    guard depth < syntax.count, case .word(let word) = syntax[depth] else { return false }
    return word == keyword
  }
}
