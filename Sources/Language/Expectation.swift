/// One thing that the grammar can take at some place.
package enum Expectation: Hashable, Sendable {
  case keyword(String)
  case name(Names)
  case literal(Literal)
  case symbol(Symbol)
  /// The end of the statement.
  case end

  /// Whether the token can stand for this. A word is accepted both as the keyword it spells and as a name.
  func accepts(_ token: Token) -> Bool {
    switch (self, token.kind) {
    case (.keyword(let keyword), .word): token.keyword == keyword
    case (.name, .word), (.name, .string): true
    case (.name(.topic), _): token.kind != .end
    case (.literal(let literal), _): literal.accepts(token)
    case (.symbol(let symbol), .symbol(let found)): symbol == found
    case (.end, .end): true
    default: false
    }
  }
}

/// The kinds of literal, and the variables that may stand for them.
package enum Literal: String, CaseIterable, Hashable, Sendable {
  case wholeNumber, number, percent, duration, date, text, file, variable

  /// With its article, for messages: `a duration`.
  package var described: String {
    switch self {
    case .wholeNumber: "a whole number"
    case .number: "a number"
    case .percent: "a percent"
    case .duration: "a duration"
    case .date: "a date"
    case .text: "a quoted text"
    case .file: "a quoted file name"
    case .variable: "a variable"
    }
  }

  /// Text to type, as it might be.
  package var examples: [String] {
    switch self {
    case .wholeNumber: ["10"]
    case .number: ["12.5"]
    case .percent: ["12%"]
    case .duration: ["7d", "24h"]
    case .date: ["2025-07-01", "2025-Q3"]
    case .text: ["\"text\""]
    case .file: ["\"file.csv\""]
    case .variable: ["$name"]
    }
  }

  func accepts(_ token: Token) -> Bool {
    switch (self, token.kind) {
    case (.wholeNumber, .number): token.wholeNumber != nil
    case (.number, .number), (.percent, .percent), (.duration, .duration), (.date, .date): true
    case (.date, .number): token.year != nil
    case (.text, .string), (.file, .string), (.variable, .variable): true
    default: false
    }
  }
}
