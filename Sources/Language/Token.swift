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

  /// No count is meant to be larger; sums and products of such numbers with what is in a store stay within an Int.
  package static let largestCount = 1_000_000_000_000

  /// The number if it is whole, not negative and at most `largestCount`.
  package var wholeNumber: Int? {
    guard case .number(let number) = kind, let whole = Int(exactly: number) else { return nil }
    return (0...Self.largestCount).contains(whole) ? whole : nil
  }

  /// Whether it is a number that only its size keeps from being a count.
  var isTooLargeCount: Bool {
    if case .number(let number) = kind {
      number > Double(Self.largestCount) && number == number.rounded()
    } else {
      false
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
