import JourneyTime

/// `sessions`: how many, how long, with how many events.
///
/// Events with a session value form one session per value and customer; others are cut where the time between two of them exceeds `gap`. Sessions
/// are cut before `filter` and `during`: these keep or drop events, and a session is what they leave of it, if anything.
public struct SessionsQuery: Hashable, Sendable {
  public var gap: Duration
  public var filter: Condition?
  public var people: People?
  /// Read at the session's first event that is kept.
  public var breakdown: Breakdown?
  /// Bounds all events.
  public var during: Range<Instant>?
  public var versus: Range<Instant>?
  /// A row per calendar unit of the session's first event that is kept.
  public var per: CalendarUnit?
  public var zone: Zone

  public init(
    gap: Duration = .minutes(30), filter: Condition? = nil, people: People? = nil, breakdown: Breakdown? = nil,
    during: Range<Instant>? = nil, versus: Range<Instant>? = nil, per: CalendarUnit? = nil, zone: Zone = .utc
  ) {
    self.gap = gap
    self.filter = filter
    self.people = people
    self.breakdown = breakdown
    self.during = during
    self.versus = versus
    self.per = per
    self.zone = zone
  }
}

public struct SessionsReport: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    /// Breakdown values, parallel to the query's keys; nil is `(none)`.
    public var key: [String?]
    public var isOther: Bool
    /// The calendar unit's label; nil without `per`.
    public var period: String?
    public var sessions: Int
    /// Customers with such a session.
    public var customers: Int
    public var events: Int
    /// Sessions of one event.
    public var bounces: Int
    /// From the first event of a session to the last (R-7, rounded down to a microsecond); nil without sessions.
    public var medianLength: Duration?
    /// Rounded down to a microsecond; nil without sessions.
    public var meanLength: Duration?

    public init(
      key: [String?] = [], isOther: Bool = false, period: String? = nil, sessions: Int = 0, customers: Int = 0,
      events: Int = 0, bounces: Int = 0, medianLength: Duration? = nil, meanLength: Duration? = nil
    ) {
      self.key = key
      self.isOther = isOther
      self.period = period
      self.sessions = sessions
      self.customers = customers
      self.events = events
      self.bounces = bounces
      self.medianLength = medianLength
      self.meanLength = meanLength
    }
  }
  public var total: Row
  /// Groups by periods: groups in the order to show (by sessions, as in `FunnelReport`), and within each its periods in time order, empty
  /// ones too. Empty without `by` and `per`.
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
