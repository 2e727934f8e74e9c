import JourneyQuery
import SourceText

// Conditions on events and tests of people. `and` binds tighter than `or`; brackets that change nothing leave no trace.

extension Parser {
  mutating func condition() throws(Diagnostic) -> ConditionSyntax {
    try tests(Expectation.check) { parser throws(Diagnostic) in
      let property = try parser.name(.property)
      return try parser.test(of: property)
    }
  }

  mutating func people() throws(Diagnostic) -> PeopleSyntax {
    try ofPeople { parser throws(Diagnostic) in
      try parser.tests(Expectation.peopleTest) { parser throws(Diagnostic) in try parser.bareTest() }
    }
  }

  /// One test of people, in brackets where it is several.
  mutating func personTest() throws(Diagnostic) -> PeopleSyntax {
    try ofPeople { parser throws(Diagnostic) in
      try parser.part(Expectation.peopleTest) { parser throws(Diagnostic) in try parser.bareTest() }
    }
  }

  private mutating func ofPeople(
    _ read: (inout Parser) throws(Diagnostic) -> PeopleSyntax
  ) throws(Diagnostic) -> PeopleSyntax {
    isOfPeople = true
    let test = try read(&self)
    // Where a test cannot be read to its end, what is expected is still of people.
    isOfPeople = false
    return test
  }

  /// What `read` reads, joined; each of them opens with one of `openings`.
  private mutating func tests<Test>(
    _ openings: [Expectation], _ read: (inout Parser) throws(Diagnostic) -> Test
  ) throws(Diagnostic) -> Logic<Test> {
    var alternatives: [Logic<Test>] = []
    repeat {
      var parts: [Logic<Test>] = []
      repeat { parts.append(try part(openings, read)) } while takes("and")
      alternatives.append(.all(of: parts))
    } while takes("or")
    return .any(of: alternatives)
  }

  private mutating func part<Test>(
    _ openings: [Expectation], _ read: (inout Parser) throws(Diagnostic) -> Test
  ) throws(Diagnostic) -> Logic<Test> {
    expect(openings)
    if takes("not") { return .not(try nested { parser throws(Diagnostic) in try parser.part(openings, read) }) }
    guard takes(.openRound) else { return .test(try read(&self)) }
    return try enclosed(by: .closeRound) { parser throws(Diagnostic) in try parser.tests(openings, read) }
  }

  private mutating func bareTest() throws(Diagnostic) -> PersonTestSyntax {
    if case .variable = next.kind { return .saved(try variable()) }
    let start = index
    if let keyword = next.keyword, ["persona", "segment", "did"].contains(keyword) {
      let token = take(as: .keyword)
      expect(Expectation.testOf)
      if next.beginsTest {
        let property = NameSyntax(text: token.raw, isQuoted: false, span: token.span)
        return .property(try test(of: property))
      }
      if keyword == "did" { return .did(try did(from: start)) }
      return keyword == "persona"
        ? .named(.persona, try name(.element(.persona))) : .named(.segment, try name(.segment))
    }
    let name = try name(.segmentOrPersona)
    expect(Expectation.testOf)
    return next.beginsTest ? .property(try test(of: name)) : .named(nil, name)
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
    return TestSyntax(property: property, content: content)
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
