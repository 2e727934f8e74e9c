import JourneyTime

/// All events of one customer in canonical order.
public struct Journey: Hashable, Sendable, Codable {
  public struct Event: Hashable, Sendable, Codable {
    public var instant: Instant
    public var name: String
    /// Non-missing properties in the store's column order.
    public var properties: [Property]

    public init(instant: Instant, name: String, properties: [Property] = []) {
      self.instant = instant
      self.name = name
      self.properties = properties
    }
  }
  public struct Property: Hashable, Sendable, Codable {
    public var name: String
    public var value: Value

    public init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }
  public var customer: String
  /// What the table of people has of the customer, in its column order; nothing where it does not have them.
  public var properties: [Property]
  public var events: [Event]

  public init(customer: String, properties: [Property] = [], events: [Event]) {
    self.customer = customer
    self.properties = properties
    self.events = events
  }
}
