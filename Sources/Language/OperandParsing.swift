import JourneyModel
import JourneyQuery
import SourceText

// Slots: what a form asks for, each read by the production of its kind.

extension Parser {
  mutating func operand(_ label: String, _ slot: Slot, then follow: [Expectation]) throws(Diagnostic) {
    let start = index
    expect(grammar.first(resolved(slot)))
    let value = try argument(resolved(slot), then: follow)
    keep(label, value, from: start)
  }

  /// The slot with the kind that the statement named before it.
  private func resolved(_ slot: Slot) -> Slot {
    guard slot == .name(.element(nil)), let kind = kindWritten().flatMap(ElementKind.init) else { return slot }
    return .name(.element(kind))
  }

  mutating func argument(_ slot: Slot, then follow: [Expectation]) throws(Diagnostic) -> Argument {
    switch slot {
    case .name(let names): return .name(try name(names))
    case .file, .text: return .text(try quoted(slot == .file ? .file : .text))
    case .number: return .number(try wholeNumber())
    case .variable: return .variable(try variable())
    case .column: return try column()
    case .customer: return .name(try customer())
    case .path: return .path(try path())
    case .one: return .one(try one())
    case .spot: return .spot(try spot())
    case .duration: return .duration(try duration())
    case .range: return .range(try range())
    case .date: return .date(try date())
    case .condition: return .condition(try condition())
    case .people: return .people(try people())
    case .test: return .people(try personTest())
    case .value: return .value(try value())
    case .figure: return .value(try figure())
    case .comparison: return .comparison(try comparison())
    case .place: return .place(try place())
    case .node: return .node(try node())
    case .setting: return .setting(try setting())
    case .meaning: return .meaning(try meaning(then: follow))
    case .binding: return try binding(then: follow)
    case .ask: return .statement(try innerStatement(grammar.asks, then: follow))
    case .statement: return .statement(try innerStatement(grammar.statements, then: follow))
    case .askOrVariable:
      if case .variable = next.kind { return .variable(try variable()) }
      expect(.literal(.variable))
      return .statement(try innerStatement(grammar.asks, then: follow))
    case .question:
      var statement = try innerStatement(grammar.questions, then: follow)
      (frame.clauses, statement.clauses) = (statement.clauses, ClausesSyntax())
      return .statement(statement)
    }
  }

  private mutating func innerStatement(
    _ forms: FormSet, then follow: [Expectation]
  ) throws(Diagnostic) -> ParsedStatement {
    try nested { parser throws(Diagnostic) in try parser.statement(forms, then: follow) }
  }

  private mutating func quoted(_ literal: Literal) throws(Diagnostic) -> String {
    expect(.literal(literal))
    guard case .string(let text) = next.kind else { throw failure() }
    take(as: .literal)
    return text
  }

  private mutating func column() throws(Diagnostic) -> Argument {
    expect(.name(.column))
    if case .number = next.kind { return .number(try wholeNumber(atLeast: 1)) }
    expect(.literal(.wholeNumber))
    return .name(try name(.column))
  }

  /// Digits are kept as they are written: `007` is not `7`.
  private mutating func customer() throws(Diagnostic) -> NameSyntax {
    expect(.name(.customer))
    guard case .number = next.kind, next.raw.isDigits else { return try name(.customer) }
    return NameSyntax(text: next.raw, isQuoted: false, span: take(as: .literal).span)
  }

  /// What `let` takes.
  private mutating func binding(then follow: [Expectation]) throws(Diagnostic) -> Argument {
    let start = index
    if let word = next.keyword {
      if !grammar.asks[word].isEmpty {
        return .statement(try innerStatement(grammar.asks, then: follow))
      }
      if word == "last" { return .range(try range()) }
      if word == "true" || word == "false" { return .value(try value()) }
      return .path(.steps(try steps(atLeast: 2), span: span(from: start)))
    }
    switch next.kind {
    case .date: return .range(try range())
    case .number where next.year != nil && afterNext.kind == .symbol(.range): return .range(try range())
    case .number, .percent, .duration: return .value(try value())
    case .string where !afterNext.continuesStep: return .value(try value())
    case .string, .symbol(.openCurly), .symbol(.any):
      return .path(.steps(try steps(atLeast: 2), span: span(from: start)))
    default: throw failure()
    }
  }

  /// `as` and a question, a variable or a test of people.
  private mutating func meaning(then follow: [Expectation]) throws(Diagnostic) -> MeaningSyntax {
    try require("as")
    expect(grammar.meaning)
    if case .variable = next.kind { return .variable(try variable()) }
    if let word = next.keyword, !grammar.asks[word].isEmpty {
      return .ask(try innerStatement(grammar.asks, then: follow))
    }
    return .people(try people())
  }

  // MARK: Places on the map

  mutating func node() throws(Diagnostic) -> NodeSyntax {
    expect(Expectation.node)
    guard let kind = next.keyword, ElementKind(rawValue: kind) != nil else {
      return NodeSyntax(kind: nil, name: try name(.element(nil)))
    }
    take(as: .keyword)
    return NodeSyntax(kind: kind, name: try name(.element(ElementKind(rawValue: kind))))
  }

  private mutating func place() throws(Diagnostic) -> PlaceSyntax {
    var place = PlaceSyntax()
    if takes("to") { place.parent = try node() }
    for side in PlaceSyntax.Side.allCases where takes(side.rawValue) {
      place.side = side
      place.sibling = try node()
      break
    }
    if place.parent == nil, place.side == nil {
      expect(grammar.first(.place))
      throw failure()
    }
    return place
  }

  private mutating func setting() throws(Diagnostic) -> SettingSyntax {
    let token = next
    let word = try oneOf(Attribute.allCases.map(\.rawValue))
    let names = Attribute(rawValue: word).map(Names.attributeValue)
    var values = [try value(names)]
    while takes(.comma) { values.append(try value(names)) }
    return SettingSyntax(
      attribute: NameSyntax(text: word, isQuoted: false, span: token.span), values: values)
  }
}

extension String {
  /// One ASCII digit or more, and nothing else.
  var isDigits: Bool { !isEmpty && utf8.allSatisfy { (48...57).contains($0) } }
}

extension Token {
  /// Whether it goes on a step or leads to the next.
  fileprivate var continuesStep: Bool {
    [.symbol(.then), .symbol(.next), .symbol(.optional), .symbol(.openRound)].contains(kind)
  }
}
