import JourneyQuery
import SourceText

// Conditions on events and tests of people. `and` binds tighter than `or`; brackets that change nothing leave no trace.

extension Parser {
  mutating func condition() throws(Diagnostic) -> ConditionSyntax {
    var parts = [try every()]
    while takes("or") { parts.append(try every()) }
    return ConditionSyntax.any(of: parts)
  }

  private mutating func every() throws(Diagnostic) -> ConditionSyntax {
    var parts = [try check()]
    while takes("and") { parts.append(try check()) }
    return ConditionSyntax.all(of: parts)
  }

  private mutating func check() throws(Diagnostic) -> ConditionSyntax {
    expect(Expectation.check)
    if takes("not") { return .not(try nested { parser throws(Diagnostic) in try parser.check() }) }
    if takes(.openRound) {
      return try enclosed(by: .closeRound) { parser throws(Diagnostic) in try parser.condition() }
    }
    let property = try name(.property)
    return .test(property, try test(of: property))
  }

  mutating func people() throws(Diagnostic) -> PeopleSyntax {
    var parts = [try everyPersonTest()]
    while takes("or") { parts.append(try everyPersonTest()) }
    return PeopleSyntax.any(of: parts)
  }

  private mutating func everyPersonTest() throws(Diagnostic) -> PeopleSyntax {
    var parts = [try personTest()]
    while takes("and") { parts.append(try personTest()) }
    return PeopleSyntax.all(of: parts)
  }

  mutating func personTest() throws(Diagnostic) -> PeopleSyntax {
    expect(Expectation.peopleTest)
    if takes("not") { return .not(try nested { parser throws(Diagnostic) in try parser.personTest() }) }
    if takes(.openRound) {
      return try enclosed(by: .closeRound) { parser throws(Diagnostic) in try parser.people() }
    }
    if case .variable = next.kind { return .saved(try variable()) }
    let start = index
    if let keyword = next.keyword, ["persona", "segment", "did"].contains(keyword) {
      let token = take(as: .keyword)
      expect(Expectation.testOf)
      if next.beginsTest {
        let property = NameSyntax(text: token.raw, isQuoted: false, span: token.span)
        return .property(property, try test(of: property))
      }
      if keyword == "did" { return .did(try did(from: start)) }
      return keyword == "persona"
        ? .named(.persona, try name(.element(.persona))) : .named(.segment, try name(.segment))
    }
    let name = try name(.segmentOrPersona)
    expect(Expectation.testOf)
    return next.beginsTest ? .property(name, try test(of: name)) : .named(nil, name)
  }

  /// What stands after `did`, which is the token `start`.
  private mutating func did(from start: Int) throws(Diagnostic) -> DidSyntax {
    let one = try one()
    var times = DidSyntax.Times.atLeast(1)
    expect(.literal(.wholeNumber))
    if case .number = next.kind {
      let count = try wholeNumber()
      times = .exactly(count)
      if takes("or") { times = try oneOf(["more", "fewer"]) == "more" ? .atLeast(count) : .atMost(count) }
      try require("times")
    }
    let during = takes("in") ? try range() : nil
    return DidSyntax(one: one, times: times, during: during, span: span(from: start))
  }

  /// What stands after the name in a test.
  private mutating func test(of property: NameSyntax) throws(Diagnostic) -> TestSyntax {
    let start = index
    expect(Expectation.testOf)
    let names = Names.valueOf(property.text)
    let content: TestSyntax.Content
    if takes(.contains) {
      content = .contains(try value(names))
    } else if takes("is") {
      let negated = takes("not")
      try require("missing")
      content = .missing(negated: negated)
    } else if next.keyword == "in" || next.keyword == "not" {
      let negated = takes("not")
      try require("in")
      content = .oneOf(try list(names), negated: negated)
    } else {
      content = .compare(try comparison(), try value(names))
    }
    return TestSyntax(content: content, span: span(from: start))
  }

  private mutating func list(_ names: Names) throws(Diagnostic) -> [ValueSyntax] {
    try require(.openSquare)
    return try enclosed(by: .closeSquare) { parser throws(Diagnostic) in
      var values = [try parser.value(names)]
      while parser.takes(.comma) { values.append(try parser.value(names)) }
      return values
    }
  }

  mutating func comparison() throws(Diagnostic) -> Comparison {
    expect(Expectation.comparison)
    guard case .symbol(let symbol) = next.kind, let comparison = Comparison(rawValue: symbol.rawValue) else {
      throw failure()
    }
    take(as: .symbol)
    return comparison
  }
}

extension Token {
  /// Whether it goes on a test after its name.
  var beginsTest: Bool {
    if let keyword { return ["in", "not", "is"].contains(keyword) }
    guard case .symbol(let symbol) = kind else { return false }
    return symbol == .contains || Comparison(rawValue: symbol.rawValue) != nil
  }
}

extension ConditionSyntax {
  /// The parts joined by `and`, those of parts that are such themselves among them.
  package static func all(of parts: [ConditionSyntax]) -> ConditionSyntax {
    parts.count == 1 ? parts[0] : .and(parts.flatMap { if case .and(let inner) = $0 { inner } else { [$0] } })
  }

  /// The parts joined by `or`.
  package static func any(of parts: [ConditionSyntax]) -> ConditionSyntax {
    parts.count == 1 ? parts[0] : .or(parts.flatMap { if case .or(let inner) = $0 { inner } else { [$0] } })
  }
}

extension PeopleSyntax {
  /// The parts joined by `and`, those of parts that are such themselves among them.
  package static func all(of parts: [PeopleSyntax]) -> PeopleSyntax {
    parts.count == 1 ? parts[0] : .and(parts.flatMap { if case .and(let inner) = $0 { inner } else { [$0] } })
  }

  /// The parts joined by `or`.
  package static func any(of parts: [PeopleSyntax]) -> PeopleSyntax {
    parts.count == 1 ? parts[0] : .or(parts.flatMap { if case .or(let inner) = $0 { inner } else { [$0] } })
  }
}
