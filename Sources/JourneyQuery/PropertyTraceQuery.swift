/// Whether a property of events is there all along a journey, and stays as it is: of whole journeys.
public struct PropertyTraceQuery: Query {
  /// By its exact name; any other is missing everywhere.
  public var property: String
  /// Tests of it, whose truth may change from one event of a customer to another.
  public var tests: [ValueTest]
  /// Of it only the zone, and what is asked for beside properties of the store.
  public var scope: Scope

  public init(_ property: String, tests: [ValueTest], scope: Scope = Scope()) {
    (self.property, self.tests, self.scope) = (property, tests, scope)
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> PropertyTraceReport {
    try executor.propertyTrace(self, run)
  }
}

public struct PropertyTraceReport: Hashable, Sendable, Codable {
  /// All there are.
  public var customers: Int
  /// Who has it at none of their events.
  public var without: Int
  /// Who has it at some of their events and not at others.
  public var partly: Int
  /// Of whom some test is true at one event and false at another.
  public var changing: Int

  public init(customers: Int = 0, without: Int = 0, partly: Int = 0, changing: Int = 0) {
    (self.customers, self.without, self.partly, self.changing) = (customers, without, partly, changing)
  }
}
