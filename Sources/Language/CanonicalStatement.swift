// Whole statements in canonical form: the form is walked as it was read, each element taking its argument.

extension Grammar {
  /// The statement as one canonical line: keywords in lower case, one blank between words, clauses in fixed order, names quoted only
  /// when they must be. Reading it gives the same line again. Arguments stand in the order of the form.
  package func canonical(_ statement: ParsedStatement) -> String {
    canonical(statement, then: [.end])
  }

  /// `follow` is what may stand behind it.
  fileprivate func canonical(_ statement: ParsedStatement, then follow: [Expectation]) -> String {
    guard let form = form(named: statement.form) else { return statement.text }
    let isCompared = follow.contains(.symbol(.equal))
    var writer = StatementWriter(grammar: self, statement: statement, isCompared: isCompared)
    writer.write(form.syntax[...], then: follow, isKept: false)
    return writer.words.joined(separator: " ")
  }

  /// One operand in canonical form, as it stands in a statement.
  package func canonical(_ argument: Argument, avoiding keywords: Set<String> = []) -> String {
    switch argument {
    case .word(let word): word
    case .name(let name): name.canonical(avoiding: keywords)
    case .text(let text): text.quoted
    case .number(let number): String(number)
    case .variable(let name): name.asVariable
    case .path(let path): path.canonical(avoiding: keywords)
    case .one(let one): one.canonical(avoiding: keywords)
    case .spot(let spot): spot.canonical
    case .duration(let duration): duration.canonical
    case .range(let range): range.canonical
    case .date(let date): date.description
    case .condition(let condition): condition.canonical(avoiding: keywords)
    case .people(let people): people.canonical(avoiding: keywords)
    case .value(let value): value.canonical(avoiding: keywords)
    case .comparison(let comparison): comparison.rawValue
    case .place(let place): place.canonical
    case .setting(let setting): setting.canonical
    case .meaning(let meaning): "as " + canonical(meaning)
    case .node(let node): node.canonical
    case .statement(let statement): canonical(statement)
    case .list(let list): list.map { canonical($0) }.joined(separator: ", ")
    }
  }

  /// The same as it stands in such a slot.
  package func canonical(_ argument: Argument, as slot: Slot?, avoiding keywords: Set<String> = []) -> String {
    slot?.writes(self, argument) ?? canonical(argument, avoiding: keywords)
  }

  /// What stands behind `as`.
  package func canonical(_ meaning: MeaningSyntax) -> String {
    switch meaning {
    case .people(let people): people.canonical(avoiding: asks.verbs.keywords)
    case .ask(let statement): canonical(statement)
    case .variable(let name): name.asVariable
    }
  }
}

extension NodeSyntax {
  package var canonical: String {
    kind.map { "\($0) \(name.canonical())" } ?? name.canonical(avoiding: Competing.node)
  }
}

extension PlaceSyntax {
  package var canonical: String {
    var words: [String] = []
    if let parent { words += ["to", parent.canonical] }
    if let side, let sibling { words += [side.rawValue, sibling.canonical] }
    return words.joined(separator: " ")
  }
}

extension SettingSyntax {
  package var canonical: String {
    attribute.text + (isAtMost ? " at most " : " ") + values.map { $0.canonical() }.joined(separator: ", ")
      + (persona.map { " for \($0.canonical())" } ?? "")
  }
}

/// Walks a form and writes its words.
private struct StatementWriter {
  let grammar: Grammar
  let statement: ParsedStatement
  let isCompared: Bool
  var words: [String] = []
  private var position = 0

  init(grammar: Grammar, statement: ParsedStatement, isCompared: Bool) {
    self.grammar = grammar
    self.statement = statement
    self.isCompared = isCompared
  }

  private var label: String? {
    position < statement.arguments.count ? statement.arguments[position].label : nil
  }

  /// `competing` are keywords that win over a name in the first element.
  mutating func write(
    _ items: ArraySlice<Syntax>, then follow: [Expectation], isKept: Bool, competing: Set<String> = []
  ) {
    for (index, item) in zip(items.indices, items) {
      let rest = grammar.first(items[(index + 1)...], then: follow)
      write(item, then: rest, isKept: isKept, competing: index == items.startIndex ? competing : [])
    }
  }

  private mutating func write(
    _ item: Syntax, then follow: [Expectation], isKept: Bool, competing: Set<String>
  ) {
    switch item {
    case .word(let word):
      words.append(word)
      if isKept { position += 1 }
    case .symbol(.comma) where !words.isEmpty: words[words.count - 1] += ","
    case .symbol(let symbol): words.append(symbol.rawValue)
    case .slot:
      guard position < statement.arguments.count else { return }
      words.append(written(statement.arguments[position].value, in: item, then: follow, avoiding: competing))
      position += 1
    case .optional(let content):
      guard begins(content) else { return }
      let keywords = (grammar.first(content[...]) + follow).keywords
      write(content[...], then: follow, isKept: true, competing: keywords)
    case .repeated(let content):
      let keywords = (grammar.first(content[...]) + follow).keywords
      while begins(content) {
        let before = position
        write(content[...], then: grammar.first(content[...]) + follow, isKept: true, competing: keywords)
        if position == before { return }
      }
    case .choice(let alternatives):
      guard let chosen = alternatives.first(where: begins) else { return }
      let keywords = alternatives.reduce(into: competing) { $0.formUnion(grammar.first($1[...]).keywords) }
      write(chosen[...], then: follow, isKept: true, competing: keywords)
    case .clauses:
      let text = grammar.canonical(statement.clauses, isCompared: isCompared)
      if !text.isEmpty { words.append(text) }
    }
  }

  private func written(
    _ argument: Argument, in item: Syntax, then follow: [Expectation], avoiding keywords: Set<String>
  ) -> String {
    if case .statement(let inner) = argument { return grammar.canonical(inner, then: follow) }
    let slot: Slot? = if case .slot(_, let slot) = item { slot } else { nil }
    // Where a comparison follows, a group that is named without its word would read as a property.
    if slot == .test, follow.contains(.symbol(.equal)), argument.asPeople?.endsWithBareName == true {
      return "(" + grammar.canonical(argument, as: slot) + ")"
    }
    return grammar.canonical(argument, as: slot, avoiding: keywords)
  }

  /// Whether the next argument belongs to `content`.
  private func begins(_ content: [Syntax]) -> Bool {
    guard let label else { return false }
    return labels(content).contains(label)
  }

  /// Labels of the arguments that `content` may begin with.
  private func labels(_ content: [Syntax]) -> Set<String> {
    switch content.first {
    case .word(let word): [word]
    case .slot(let label, _): [label]
    case .optional(let inner), .repeated(let inner): labels(inner).union(labels(Array(content.dropFirst())))
    case .choice(let alternatives): alternatives.reduce(into: []) { $0.formUnion(labels($1)) }
    case .symbol: labels(Array(content.dropFirst()))
    case .clauses, nil: []
    }
  }
}
