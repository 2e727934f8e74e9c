import JourneyTime

/// `sessions`: how many, how long, with how many events.
///
/// Events with a session value form one session per value and customer; others are cut where the time between two of them exceeds `gap`. Sessions
/// are cut before the filter and the dates, which bound all events: these keep or drop events, and a session is what they leave of it, if
/// anything. Its group and its calendar unit are read at the first event that is kept.
public struct SessionsQuery: Query {
  public var gap: Duration
  public var scope: Scope
  public var split: Split

  public init(gap: Duration = FunnelQuery.defaultGap, scope: Scope = Scope(), split: Split = Split()) {
    self.gap = gap
    self.scope = scope
    self.split = split
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> SessionsReport {
    try executor.sessions(self, run)
  }
}

public struct SessionsFigures: Hashable, Sendable, Codable {
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
    sessions: Int = 0, customers: Int = 0, events: Int = 0, bounces: Int = 0, medianLength: Duration? = nil,
    meanLength: Duration? = nil
  ) {
    self.sessions = sessions
    self.customers = customers
    self.events = events
    self.bounces = bounces
    self.medianLength = medianLength
    self.meanLength = meanLength
  }
}

/// Groups are sorted by sessions.
public typealias SessionsReport = Cut<SessionsFigures>
