import JourneyTime

/// What is in a store.
public struct StoreDescription: Hashable, Sendable {
  public struct Event: Hashable, Sendable {
    public var name: String
    public var events: Int
    public var customers: Int
    public var first: Instant
    public var last: Instant

    public init(name: String, events: Int, customers: Int, first: Instant, last: Instant) {
      self.name = name
      self.events = events
      self.customers = customers
      self.first = first
      self.last = last
    }
  }
  public struct Property: Hashable, Sendable {
    public var name: String
    /// `text`, `number`, `truth`, `time`.
    public var kind: String
    /// Events that have a value.
    public var filled: Int
    /// Distinct values.
    public var distinct: Int
    /// The most frequent values with their counts, largest first, equal counts by value; at most five.
    public var top: [(value: String, count: Int)]

    public init(name: String, kind: String, filled: Int, distinct: Int, top: [(value: String, count: Int)]) {
      self.name = name
      self.kind = kind
      self.filled = filled
      self.distinct = distinct
      self.top = top
    }

    public static func == (left: Property, right: Property) -> Bool {
      left.name == right.name && left.kind == right.kind && left.filled == right.filled
        && left.distinct == right.distinct && left.top.elementsEqual(right.top) { $0 == $1 }
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
  }
  public var customers: Int
  public var events: Int
  public var span: ClosedRange<Instant>?
  /// Largest first, equal counts by name.
  public var eventNames: [Event]
  /// In the store's column order.
  public var properties: [Property]

  public init(
    customers: Int, events: Int, span: ClosedRange<Instant>?, eventNames: [Event], properties: [Property]
  ) {
    self.customers = customers
    self.events = events
    self.span = span
    self.eventNames = eventNames
    self.properties = properties
  }
}
