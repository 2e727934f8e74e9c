import JourneyTime

/// The people behind an answer.
public struct PeopleQuery: Query {
  /// Of the people of a funnel.
  public enum Part: Hashable, Sendable, Codable {
    /// Everyone who entered.
    case all
    /// Reached the step with this index in the path (with `order any`, that many steps plus one).
    case reached(Int)
    /// Reached it and not the next required one.
    case lost(Int)
  }

  public enum Source: Hashable, Sendable, Codable {
    case funnel(FunnelQuery, Part)
    /// Everyone with a trace, or those with any of these deviations.
    case conform(ConformQuery, having: Set<ConformQuery.Deviation>?)
  }
  public var source: Source

  public init(funnel: FunnelQuery, part: Part) { source = .funnel(funnel, part) }

  public init(conform: ConformQuery, having deviations: Set<ConformQuery.Deviation>? = nil) {
    source = .conform(conform, having: deviations)
  }

  public var scope: Scope {
    get {
      switch source {
      case .funnel(let funnel, _): funnel.scope
      case .conform(let conform, _): conform.scope
      }
    }
    set {
      switch source {
      case .funnel(var funnel, let part):
        funnel.scope = newValue
        source = .funnel(funnel, part)
      case .conform(var conform, let deviations):
        conform.scope = newValue
        source = .conform(conform, having: deviations)
      }
    }
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> PeopleReport {
    try executor.people(self, run)
  }
}

public struct PeopleReport: Hashable, Sendable, Codable {
  public struct Person: Hashable, Sendable, Codable {
    public var customer: String
    /// Required steps reached by the reported (deepest) chain; of `conform` the different stages of the trace.
    public var depth: Int
    /// Instants of the reported chain's first and last event, or of those of the trace.
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
