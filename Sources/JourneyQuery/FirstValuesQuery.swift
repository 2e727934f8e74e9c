/// What customers have of properties of their events: of each the first value that is not missing, in canonical order, of whole journeys.
public struct FirstValuesQuery: Query {
  /// By id, increasing by UTF-8 bytes, each once.
  public var customers: [String]
  /// By their exact names; any other is missing everywhere.
  public var properties: [String]
  /// Of it only the zone, and what is asked for beside properties of the store.
  public var scope: Scope

  public init(_ properties: [String], of customers: [String], scope: Scope = Scope()) {
    (self.customers, self.properties, self.scope) = (customers, properties, scope)
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> FirstValuesReport {
    try executor.firstValues(self, run)
  }
}

public struct FirstValuesReport: Hashable, Sendable, Codable {
  /// A column for each property, of a value for each customer; nil for who has no events, or none with the property. A time is the date that
  /// holds this one microsecond.
  public var columns: [[Value?]]

  public init(columns: [[Value?]]) {
    self.columns = columns
  }
}
