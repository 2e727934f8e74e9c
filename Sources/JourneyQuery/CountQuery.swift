/// `count [step]`: events and the customers who have them. `during` bounds all events.
public struct CountQuery: Query {
  /// Nil counts every event.
  public var step: Step?
  public var scope: Scope
  public var split: Split

  public init(step: Step? = nil, scope: Scope = Scope(), split: Split = Split()) {
    self.step = step
    self.scope = scope
    self.split = split
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> CountReport {
    try executor.count(self, run)
  }
}

public struct CountFigures: Hashable, Sendable, Codable {
  public var events: Int
  public var customers: Int

  public init(events: Int = 0, customers: Int = 0) {
    self.events = events
    self.customers = customers
  }
}

/// Groups are sorted by events.
public typealias CountReport = Cut<CountFigures>
