import JourneyTime

/// What the journeys say of a map: who was at each touchpoint, and how far people came along the stages.
public struct MapMetricsQuery: Query {
  /// In map order, each called by its name.
  public var touchpoints: [Step]
  /// In map order, each called by its name; the path of a funnel, customer by customer.
  public var stages: [Step]
  /// Of that funnel; nil is `forever`.
  public var window: Duration?
  /// `during` bounds all events at touchpoints, and the first of the stages.
  public var scope: Scope

  public init(
    touchpoints: [Step], stages: [Step], window: Duration? = FunnelQuery.defaultWindow, scope: Scope = Scope()
  ) {
    self.touchpoints = touchpoints
    self.stages = stages
    self.window = window
    self.scope = scope
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> MapMetrics {
    try executor.metrics(self, run)
  }
}

/// Drawn on the pictures of a map when events are loaded.
public struct MapMetrics: Hashable, Sendable, Codable {
  public struct Reach: Hashable, Sendable, Codable {
    public var name: String
    /// Customers with at least one event there.
    public var customers: Int

    public init(name: String, customers: Int) {
      self.name = name
      self.customers = customers
    }
  }
  /// Everyone with an event.
  public var customers: Int
  /// Parallel to those of the query. `show map` does not ask about touchpoints that no event of the store realises.
  public var touchpoints: [Reach]
  /// Parallel to those of the query, and never rising. The conversion between two stages is the quotient of their customers. Empty
  /// for more stages than a path can have steps.
  public var stages: [Reach]

  public init(customers: Int, touchpoints: [Reach], stages: [Reach]) {
    self.customers = customers
    self.touchpoints = touchpoints
    self.stages = stages
  }
}
