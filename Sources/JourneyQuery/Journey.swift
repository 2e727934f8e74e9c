import JourneyTime

/// All events of one customer in canonical order.
public struct Journey: Hashable, Sendable {
  public struct Event: Hashable, Sendable {
    public var instant: Instant
    public var name: String
    /// Non-missing properties in the store's column order.
    public var properties: [(name: String, value: Value)]

    public init(instant: Instant, name: String, properties: [(name: String, value: Value)] = []) {
      self.instant = instant
      self.name = name
      self.properties = properties
    }

    public static func == (left: Event, right: Event) -> Bool {
      left.instant == right.instant && left.name == right.name
        && left.properties.elementsEqual(right.properties) { $0.name == $1.name && $0.value == $1.value }
    }

    public func hash(into hasher: inout Hasher) {
      hasher.combine(instant)
      hasher.combine(name)
    }
  }
  public var customer: String
  public var events: [Event]

  public init(customer: String, events: [Event]) {
    self.customer = customer
    self.events = events
  }
}

/// How a funnel read one customer's journey: every event, taken or passed over, and by which rule.
public struct FunnelTrace: Hashable, Sendable {
  public enum Verdict: Hashable, Sendable {
    /// Fills this step (index in the path) of the reported chain.
    case taken(Int)
    /// Matches no step.
    case noStep
    /// `where` dropped it.
    case filtered
    /// Matches the named steps but the reported chain does not use it; `reason` says by which rule, in plain words.
    case passedOver([Int], reason: String)
    /// Matches a `without` step; says whether it lies inside a chain that it forbids.
    case excluded(forbids: Bool)
  }
  public struct Line: Hashable, Sendable {
    public var event: Journey.Event
    public var verdict: Verdict

    public init(event: Journey.Event, verdict: Verdict) {
      self.event = event
      self.verdict = verdict
    }
  }
  public var customer: String
  /// False if `for` leaves this person out; then nobody was traced and `lines` still lists the journey.
  public var isAsked: Bool
  public var lines: [Line]
  /// Required steps of the reported chain.
  public var depth: Int
  /// What the outcome was and why, in plain words: `reached 2 of 3: no purchase within 7d of visit`.
  public var outcome: String
  public var isUnfinished: Bool

  public init(
    customer: String, isAsked: Bool, lines: [Line], depth: Int, outcome: String, isUnfinished: Bool = false
  ) {
    self.customer = customer
    self.isAsked = isAsked
    self.lines = lines
    self.depth = depth
    self.outcome = outcome
    self.isUnfinished = isUnfinished
  }
}
