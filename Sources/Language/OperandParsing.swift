import JourneyModel
import JourneyQuery
import SourceText

// What slots read.

extension Parser {
  mutating func operand(_ label: String, _ slot: Slot, then follow: [Expectation]) throws(Diagnostic) {
    let (start, slot) = (index, resolved(slot))
    expect(slot.first(grammar))
    let value = try slot.read(&self, follow)
    keep(label, value, from: start)
  }

  /// The slot with the kind that the statement named before it.
  private func resolved(_ slot: Slot) -> Slot {
    guard slot == .name(.element(nil)), let kind = kindWritten().flatMap(ElementKind.init) else { return slot }
    return .name(.element(kind))
  }

  mutating func innerStatement(
    _ forms: FormSet, then follow: [Expectation]
  ) throws(Diagnostic) -> ParsedStatement {
    try nested { parser throws(Diagnostic) in try parser.statement(forms, then: follow) }
  }

  mutating func quoted(_ literal: Literal) throws(Diagnostic) -> String {
    expect(.literal(literal))
    guard case .string(let text) = next.kind else { throw failure() }
    take(as: .literal)
    return text
  }

  /// What `let` takes.
  mutating func binding(then follow: [Expectation]) throws(Diagnostic) -> Argument {
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
  mutating func meaning(then follow: [Expectation]) throws(Diagnostic) -> MeaningSyntax {
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

  mutating func place() throws(Diagnostic) -> PlaceSyntax {
    var place = PlaceSyntax()
    if takes("to") { place.parent = try node() }
    for side in PlaceSyntax.Side.allCases where takes(side.rawValue) {
      place.side = side
      place.sibling = try node()
      break
    }
    if place.parent == nil, place.side == nil {
      expect(Slot.place.first(grammar))
      throw failure()
    }
    return place
  }

  mutating func setting() throws(Diagnostic) -> SettingSyntax {
    let token = next
    let word = try oneOf(Attribute.allCases.map(\.rawValue))
    let attribute = Attribute(rawValue: word)
    let isAtMost = attribute?.content == .figure && takes("at") ? try oneOf(["most", "least"]) == "most" : false
    let names = attribute.map(Names.attributeValue)
    var values = [try value(names)]
    while takes(.comma) { values.append(try value(names)) }
    let persona = try attribute == .emotion && takes("for") ? name(.element(.persona)) : nil
    return SettingSyntax(
      attribute: NameSyntax(text: word, isQuoted: false, span: token.span), isAtMost: isAtMost, values: values,
      persona: persona)
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
