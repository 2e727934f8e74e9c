import JourneyTime

/// A test on one event, with SQL's three truth values: a test on a missing value is neither true nor false, `not`, `and` and `or`
/// keep that, and only true keeps an event.
public indirect enum Condition: Hashable, Sendable, Codable {
  case test(PropertyTest)
  case not(Condition)
  case and([Condition])
  case or([Condition])
}

public struct PropertyTest: Hashable, Sendable, Codable {
  /// A property of the store by its exact name.
  public var property: String
  public var test: ValueTest

  public init(_ property: String, _ test: ValueTest) {
    self.property = property
    self.test = test
  }
}

/// What a value is held against. The kinds on both sides agree: the resolver reports anything else at its literal.
public enum ValueTest: Hashable, Sendable, Codable {
  case compare(Comparison, Value)
  /// `~`: the text holds this one, by Unicode simple case folding.
  case contains(String)
  /// `in [a, b]`; `not in` is the negation of it.
  case oneOf([Value])
  /// `is missing`: always true or false, never unknown.
  case isMissing
}

public enum Comparison: String, CaseIterable, Hashable, Sendable, Codable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

public enum Value: Hashable, Sendable, Codable {
  /// Sorts by UTF-8 bytes.
  case text(String)
  case number(Double)
  case truth(Bool)
  /// All instants of a date as written: `=` means inside, `<` before its start, `>` at or after its end, `<=` and `>=` include it.
  case date(Range<Instant>)
}
