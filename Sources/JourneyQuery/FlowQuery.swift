import JourneyTime

/// `flow`: the directly-follows graph of the journeys: which step comes right after which, how often, how soon.
///
/// Events are named, and repeats are kept: an event right after one of its name is a transition of the step to itself.
public struct FlowQuery: Query {
  public var naming: Naming
  /// How many transitions are listed; nil lists all.
  public var top: Int?
  /// `during` bounds all events.
  public var scope: Scope

  public init(naming: Naming = Naming(), top: Int? = nil, scope: Scope = Scope()) {
    self.naming = naming
    self.top = top
    self.scope = scope
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> FlowReport {
    try executor.flow(self, run)
  }
}

public struct FlowReport: Hashable, Sendable, Codable {
  public struct Transition: Hashable, Sendable, Codable {
    public var from: String
    public var to: String
    public var times: Int
    public var customers: Int
    /// Of the time between the two events (R-7, rounded down to a microsecond).
    public var median: Duration

    public init(from: String, to: String, times: Int, customers: Int, median: Duration) {
      self.from = from
      self.to = to
      self.times = times
      self.customers = customers
      self.median = median
    }
  }
  public struct Step: Hashable, Sendable, Codable {
    public var name: String
    public var events: Int
    /// Journeys whose first event it is, and those whose last.
    public var starts: Int
    public var ends: Int

    public init(name: String, events: Int, starts: Int = 0, ends: Int = 0) {
      self.name = name
      self.events = events
      self.starts = starts
      self.ends = ends
    }
  }
  /// Most frequent first; equal ones by `from`, then by `to` (UTF-8 bytes).
  public var transitions: [Transition]
  /// All transitions, listed or not: how many there are, and how often they were taken.
  public var distinct: Int
  public var times: Int
  /// Every step that occurs, by events, equal ones by name.
  public var steps: [Step]
  /// People with at least one event.
  public var customers: Int
  public var basis: Basis

  public init(
    transitions: [Transition] = [], distinct: Int = 0, times: Int = 0, steps: [Step] = [], customers: Int = 0,
    basis: Basis = Basis()
  ) {
    self.transitions = transitions
    self.distinct = distinct
    self.times = times
    self.steps = steps
    self.customers = customers
    self.basis = basis
  }
}
