import JourneyTime

/// `value of p`: what customers bring. A customer's value is the sum of a number property over their events that have it.
public struct ValueQuery: Hashable, Sendable {
  /// A number property of the store by its exact name; any other is missing everywhere.
  public var property: String
  public var filter: Condition?
  public var people: People?
  /// Read at each event: a customer may have a value in several groups.
  public var breakdown: Breakdown?
  /// Bounds all events.
  public var during: Range<Instant>?
  public var versus: Range<Instant>?
  public var per: CalendarUnit?
  public var zone: Zone

  public init(
    property: String, filter: Condition? = nil, people: People? = nil, breakdown: Breakdown? = nil,
    during: Range<Instant>? = nil, versus: Range<Instant>? = nil, per: CalendarUnit? = nil, zone: Zone = .utc
  ) {
    self.property = property
    self.filter = filter
    self.people = people
    self.breakdown = breakdown
    self.during = during
    self.versus = versus
    self.per = per
    self.zone = zone
  }
}

public struct ValueReport: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    /// Breakdown values, parallel to the query's keys; nil is `(none)`.
    public var key: [String?]
    public var isOther: Bool
    /// The calendar unit's label; nil without `per`.
    public var period: String?
    /// Customers with an event that has the property; the figures below are over these.
    public var customers: Int
    /// Customers' values are added from the smallest up, so that the sum is the same however they were found.
    public var total: Double
    /// Per customer; nil without customers. Quantiles are by the R-7 rule.
    public var mean: Double?
    public var median: Double?
    /// The ninth decile.
    public var p90: Double?

    public init(
      key: [String?] = [], isOther: Bool = false, period: String? = nil, customers: Int = 0, total: Double = 0,
      mean: Double? = nil, median: Double? = nil, p90: Double? = nil
    ) {
      self.key = key
      self.isOther = isOther
      self.period = period
      self.customers = customers
      self.total = total
      self.mean = mean
      self.median = median
      self.p90 = p90
    }
  }
  public var total: Row
  /// Groups by periods: groups in the order to show (by total, as in `FunnelReport`), and within each its periods in time order, empty ones
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
