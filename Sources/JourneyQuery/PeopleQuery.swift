import JourneyTime

/// The people behind a funnel's answer.
public struct PeopleQuery: Query {
  public enum Part: Hashable, Sendable, Codable {
    /// Everyone who entered.
    case all
    /// Reached the step with this index in the path (with `order any`, that many steps plus one).
    case reached(Int)
    /// Reached it and not the next required one.
    case lost(Int)
  }
  public var funnel: FunnelQuery
  public var part: Part

  public init(funnel: FunnelQuery, part: Part) {
    self.funnel = funnel
    self.part = part
  }

  public var scope: Scope {
    get { funnel.scope }
    set { funnel.scope = newValue }
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> PeopleReport {
    try executor.people(self, run)
  }
}

public struct PeopleReport: Hashable, Sendable, Codable {
  public struct Person: Hashable, Sendable, Codable {
    public var customer: String
    /// Required steps reached by the reported (deepest) chain.
    public var depth: Int
    /// Instants of the reported chain's first and last event.
    public var entered: Instant
    public var last: Instant

    public init(customer: String, depth: Int, entered: Instant, last: Instant) {
      self.customer = customer
      self.depth = depth
      self.entered = entered
      self.last = last
    }
  }
  /// By customer id, in UTF-8 byte order, each once.
  public var people: [Person]

  public init(people: [Person]) {
    self.people = people
  }
}
