import JourneyModel

// What the operands of statements begin with. The parser records these, the printer quotes names by them, and the list of words
// that must be quoted is computed from them: one source for all three.

extension Expectation {
  static let one: [Expectation] =
    OneSyntax.Qualifier.allCases.map { .keyword($0.rawValue) }
    + [.name(.step), .symbol(.openCurly), .symbol(.any)]

  static let check: [Expectation] = [.keyword("not"), .name(.property), .symbol(.openRound)]

  static let peopleTest: [Expectation] = [
    .keyword("not"), .keyword("persona"), .keyword("segment"), .keyword("did"), .name(.segmentOrPersona),
    .name(.property), .symbol(.openRound), .literal(.variable),
  ]

  static let comparison: [Expectation] = [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
    .map(Expectation.symbol)

  /// What a test goes on with after its name.
  static let testOf: [Expectation] =
    comparison + [.symbol(.contains), .keyword("in"), .keyword("not"), .keyword("is")]

  static let node: [Expectation] =
    ElementKind.allCases.map { .keyword($0.rawValue) } + [.name(.element(nil))]

  static let attribute: [Expectation] = Attribute.allCases.map { .keyword($0.rawValue) }

  static func value(_ names: Names?) -> [Expectation] {
    [
      .name(names ?? .valueOf("")), .literal(.number), .literal(.percent), .literal(.duration), .literal(.date),
      .keyword("true"), .keyword("false"), .literal(.variable),
    ]
  }
}

extension Sequence<Expectation> {
  /// The keywords among them, in lower case.
  var keywords: Set<String> {
    Set(compactMap { if case .keyword(let word) = $0 { word } else { nil } })
  }

  /// Whether a word that is no keyword here can stand here.
  var takesName: Bool {
    contains { if case .name = $0 { true } else { false } }
  }
}
