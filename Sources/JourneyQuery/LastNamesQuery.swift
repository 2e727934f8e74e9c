import JourneyTime

/// What customers were last at before a moment of theirs: the touchpoint before an answer, say.
public struct LastNamesQuery: Query {
  public struct Moment: Hashable, Sendable, Codable {
    public var customer: String
    public var instant: Instant

    public init(customer: String, _ instant: Instant) {
      (self.customer, self.instant) = (customer, instant)
    }
  }
  /// In any order; the same ones may come again.
  public var moments: [Moment]
  /// An event that no rule names is passed over.
  public var naming: Naming
  /// How long before the moment the event may lie.
  public var within: Duration
  /// Of it only the zone and what rules ask for beside properties of the store: whole journeys are looked at.
  public var scope: Scope

  public init(_ moments: [Moment], naming: Naming, within: Duration = .days(30), scope: Scope = Scope()) {
    (self.moments, self.naming) = (moments, naming)
    (self.within, self.scope) = (within, scope)
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> LastNamesReport {
    try executor.lastNames(self, run)
  }
}

public struct LastNamesReport: Hashable, Sendable, Codable {
  /// Parallel to the moments: the name of the customer's last named event at or before it, of those of one moment the last in canonical
  /// order; nil where there is none, or only longer ago than the query allows.
  public var names: [String?]

  public init(names: [String?]) {
    self.names = names
  }
}
