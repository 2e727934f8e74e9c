import JourneyTime
import SourceText

/// One word of a statement. What it is for is decided by the parser: a word may be a keyword or a name, `2025` a number or a year.
package struct Token: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// As written; keywords are compared without case.
    case word(String)
    /// Its content, escapes resolved.
    case string(String)
    case number(Double)
    /// `12%` is 0.12.
    case percent(Double)
    case duration(Duration)
    /// Any date but a bare year, which is a number.
    case date(CalendarDate)
    /// Without the `$`.
    case variable(String)
    case symbol(Symbol)
    /// What is no token; the diagnostic says why.
    case wrong(Diagnostic)
    /// Behind the last.
    case end
  }
  package var kind: Kind
  /// As it stands in the statement.
  package var raw: String
  /// UTF-8 offsets in the statement.
  package var span: Range<Int>

  /// The word in lower case if this is an unquoted word.
  package var keyword: String? {
    if case .word(let text) = kind { text.lowercased() } else { nil }
  }

  /// The number if it is whole, not negative and exact as a Double.
  package var wholeNumber: Int? {
    if case .number(let number) = kind, number >= 0, number <= 9_007_199_254_740_992 {
      Int(exactly: number)
    } else {
      nil
    }
  }

  /// The year if this is four digits.
  package var year: Int? {
    guard case .number = kind, raw.utf8.count == 4, raw.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int(raw)
  }
}

package enum Symbol: String, CaseIterable, Hashable, Sendable {
  case then = "->"
  case next = "=>"
  case range = ".."
  case openRound = "("
  case closeRound = ")"
  case openSquare = "["
  case closeSquare = "]"
  case openCurly = "{"
  case closeCurly = "}"
  case bar = "|"
  case comma = ","
  case optional = "?"
  case any = "*"
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case contains = "~"
}
