import JourneyTime

/// `list [step]`: the events themselves. `during` bounds all events.
public struct ListQuery: Query {
  /// What the rows are sorted by. Missing values come last either way; equal ones by customer (UTF-8 bytes), then as the customer's
  /// journey has them.
  public enum Order: Hashable, Sendable, Codable {
    /// By customer, then as each journey has them.
    case customer(isDescending: Bool = false)
    case time(isDescending: Bool = false)
    /// By name, in the order of UTF-8 bytes.
    case event(isDescending: Bool = false)
    /// By a property: texts by UTF-8 bytes, false before true.
    case property(String, isDescending: Bool = false)
  }
  /// Nil lists every event.
  public var step: Step?
  /// The properties shown of each event.
  public var properties: [String]
  public var order: Order
  /// How many of them are listed, in this order.
  public var top: Int
  public var scope: Scope

  public init(
    step: Step? = nil, properties: [String] = [], order: Order = .customer(), top: Int, scope: Scope = Scope()
  ) {
    self.step = step
    self.properties = properties
    self.order = order
    self.top = top
    self.scope = scope
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> ListReport {
    try executor.list(self, run)
  }
}

public struct ListReport: Hashable, Sendable, Codable {
  public struct Event: Hashable, Sendable, Codable {
    public var customer: String
    public var instant: Instant
    public var name: String
    /// Parallel to the query's properties; nil is missing.
    public var values: [Value?]

    public init(customer: String, instant: Instant, name: String, values: [Value?] = []) {
      self.customer = customer
      self.instant = instant
      self.name = name
      self.values = values
    }
  }
  public var listed: [Event]
  /// All that there are, listed or not, and how many people have them.
  public var total: CountFigures
  public var basis: Basis

  public init(listed: [Event] = [], total: CountFigures = CountFigures(), basis: Basis = Basis()) {
    self.listed = listed
    self.total = total
    self.basis = basis
  }
}
