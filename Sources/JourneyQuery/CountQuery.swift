import JourneyTime

/// `count [step]`: events and the customers who have them, by property and calendar unit.
public struct CountQuery: Hashable, Sendable {
  /// Nil counts every event.
  public var step: Step?
  public var filter: Condition?
  public var people: People?
  public var breakdown: Breakdown?
  /// Bounds all events.
  public var during: Range<Instant>?
  public var versus: Range<Instant>?
  public var per: CalendarUnit?
  public var zone: Zone

  public init(
    step: Step? = nil, filter: Condition? = nil, people: People? = nil, breakdown: Breakdown? = nil,
    during: Range<Instant>? = nil, versus: Range<Instant>? = nil, per: CalendarUnit? = nil, zone: Zone = .utc
  ) {
    self.step = step
    self.filter = filter
    self.people = people
    self.breakdown = breakdown
    self.during = during
    self.versus = versus
    self.per = per
    self.zone = zone
  }
}

public struct CountReport: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    /// Breakdown values, parallel to the query's keys; nil is `(none)`.
    public var key: [String?]
    public var isOther: Bool
    /// The calendar unit's label; nil without `per`.
    public var period: String?
    public var events: Int
    public var customers: Int

    public init(key: [String?] = [], isOther: Bool = false, period: String? = nil, events: Int, customers: Int) {
      self.key = key
      self.isOther = isOther
      self.period = period
      self.events = events
      self.customers = customers
    }
  }
  public var total: Row
  /// Groups by periods: groups in the order to show (by events, as in `FunnelReport`), and within each its periods in time order, empty ones
  /// too. Empty without `by` and `per`.
  public var rows: [Row]
  public var versus: Row?
  public var span: ClosedRange<Instant>?

  public init(total: Row, rows: [Row] = [], versus: Row? = nil, span: ClosedRange<Instant>? = nil) {
    self.total = total
    self.rows = rows
    self.versus = versus
    self.span = span
  }
}
