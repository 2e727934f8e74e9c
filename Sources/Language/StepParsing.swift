import SourceText

// Paths, steps and what a step matches.

extension Parser {
  mutating func path() throws(Diagnostic) -> PathSyntax {
    if case .variable = next.kind { return .variable(try variable()) }
    expect(.literal(.variable))
    let start = index
    return .steps(try steps(atLeast: 1), span: span(from: start))
  }

  mutating func steps(atLeast least: Int) throws(Diagnostic) -> [StepSyntax] {
    var steps = [try step(after: nil)]
    while let arrow = try arrow() { steps.append(try step(after: arrow)) }
    if steps.count < least { throw failure() }
    return steps
  }

  private mutating func step(after arrow: ArrowSyntax?) throws(Diagnostic) -> StepSyntax {
    let start = index
    let one = try one()
    let isOptional = takes(.optional)
    return StepSyntax(one: one, isOptional: isOptional, arrow: arrow, span: span(from: start))
  }

  /// `->` or `=>` with its time limit, if one is next.
  private mutating func arrow() throws(Diagnostic) -> ArrowSyntax? {
    let start = index
    var isNext = false
    if !takes(.then) {
      guard takes(.next) else { return nil }
      isNext = true
    }
    var limit: DurationSyntax?
    if takes(.openSquare) {
      limit = try enclosed(by: .closeSquare) { parser throws(Diagnostic) in try parser.duration() }
    }
    return ArrowSyntax(isNext: isNext, limit: limit, span: span(from: start))
  }

  mutating func one() throws(Diagnostic) -> OneSyntax {
    let start = index
    let atom = try atom()
    var filter: ConditionSyntax?
    if takes(.openRound) {
      filter = try enclosed(by: .closeRound) { parser throws(Diagnostic) in try parser.condition() }
    }
    return OneSyntax(atom: atom, condition: filter, span: span(from: start))
  }

  private mutating func atom() throws(Diagnostic) -> OneSyntax.Atom {
    expect(Expectation.one)
    if let qualifier = next.keyword.flatMap(OneSyntax.Qualifier.init) {
      take(as: .keyword)
      return .qualified(qualifier, try name(qualifier.names))
    }
    if takes(.any) { return .any }
    guard takes(.openCurly) else { return .name(try name(.step)) }
    return try enclosed(by: .closeCurly) { parser throws(Diagnostic) in
      var alternatives = [try parser.one()]
      while parser.takes(.bar) { alternatives.append(try parser.one()) }
      return .choice(alternatives)
    }
  }

  mutating func spot() throws(Diagnostic) -> SpotSyntax {
    let start = index
    expect(.literal(.wholeNumber))
    if case .number = next.kind {
      let number = try wholeNumber(atLeast: 1)
      return SpotSyntax(content: .number(number), span: span(from: start))
    }
    let one = try one()
    return SpotSyntax(content: .one(one), span: span(from: start))
  }
}

extension OneSyntax.Qualifier {
  /// What may be named after it.
  var names: Names {
    switch self {
    case .stage: .element(.stage)
    case .touchpoint: .element(.touchpoint)
    case .event: .event
    case .step: .definedStep
    }
  }
}
