/// What the journeys say of a map: drawn on its pictures when events are loaded.
public struct MapMetrics: Hashable, Sendable {
  public struct Reach: Hashable, Sendable {
    public var name: String
    /// Customers with at least one event there.
    public var customers: Int

    public init(name: String, customers: Int) {
      self.name = name
      self.customers = customers
    }
  }
  /// Everyone in the store.
  public var customers: Int
  /// In map order; a touchpoint that no event of the store realises is left out.
  public var touchpoints: [Reach]
  /// In map order: the stages as a funnel within the default window, so never rising. The conversion between two stages is the
  /// quotient of their customers. Empty for more stages than a path can have steps.
  public var stages: [Reach]

  public init(customers: Int, touchpoints: [Reach], stages: [Reach]) {
    self.customers = customers
    self.touchpoints = touchpoints
    self.stages = stages
  }
}
