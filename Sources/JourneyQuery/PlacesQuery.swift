import JourneyTime

/// Where in their journeys events stand: what a map can be drafted from.
public struct PlacesQuery: Query {
  /// `during` bounds all events: a journey is what the clauses leave of it.
  public var scope: Scope

  public init(scope: Scope = Scope()) {
    self.scope = scope
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> PlacesReport {
    try executor.places(self, run)
  }
}

public struct PlacesReport: Hashable, Sendable, Codable {
  public struct Place: Hashable, Sendable, Codable {
    /// Of the events.
    public var name: String
    /// Between the first event of a journey, 0, and the last, 1: the median over all occurrences, each at i / (n − 1), 0 in a journey of
    /// one. In the middle between the two in the middle of an even number.
    public var place: Double
    public var events: Int

    public init(name: String, place: Double, events: Int) {
      self.name = name
      self.place = place
      self.events = events
    }
  }
  /// In order of their places, equal ones by name (UTF-8 bytes).
  public var places: [Place]
  /// Those with an event.
  public var customers: Int
  public var basis: Basis

  public init(places: [Place], customers: Int, basis: Basis = Basis()) {
    self.places = places
    self.customers = customers
    self.basis = basis
  }
}
