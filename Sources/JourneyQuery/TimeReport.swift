import JourneyTime

/// What `time PATH` found, asked as the `FunnelQuery` of its path and clauses: how long the reported complete chains took
/// from their first event to the one of the last required step.
public struct TimeReport: Hashable, Sendable {
  /// The whole, and with a breakdown one group per value in the order of `FunnelReport.groups`. Sizes are those of
  /// complete chains; who did not complete is in no group.
  public var total: TimeGroup
  public var groups: [TimeGroup]
  /// With `per`: one group per calendar unit of the entry, empty ones too: all units of `during` or, without it, those
  /// from the first to the last entry of a complete chain.
  public var periods: [TimePeriod]
  /// With `vs`: the whole over the second period.
  public var versus: TimeGroup?
  /// Of the whole; from the bin of the shortest time to that of the longest, empty ones too. Empty for no times.
  public var histogram: [TimeBin]
  /// Customers, entries or sessions that took the first step, complete or not.
  public var entered: Int
  /// Of those that did not complete, how many still may: see `FunnelGroup.unfinished`.
  public var unfinished: Int
  /// First and last instant of the store, before all filters; nil for an empty store.
  public var span: ClosedRange<Instant>?
  /// People the question looked at (after `for`).
  public var peopleAsked: Int

  public init(
    total: TimeGroup, groups: [TimeGroup] = [], periods: [TimePeriod] = [], versus: TimeGroup? = nil,
    histogram: [TimeBin] = [], entered: Int = 0, unfinished: Int = 0, span: ClosedRange<Instant>? = nil,
    peopleAsked: Int = 0
  ) {
    self.total = total
    self.groups = groups
    self.periods = periods
    self.versus = versus
    self.histogram = histogram
    self.entered = entered
    self.unfinished = unfinished
    self.span = span
    self.peopleAsked = peopleAsked
  }
}

public struct TimeGroup: Hashable, Sendable {
  /// Breakdown values, parallel to the query's keys; empty for the whole. Nil is `(none)`.
  public var key: [String?]
  /// The group that gathers what `top` cut off.
  public var isOther: Bool
  /// Complete chains.
  public var count: Int
  /// Nil if there are none.
  public var spread: TimeSpread?
  /// With `by` and `per`, for a group of the breakdown: its part of each of the report's periods. Else empty.
  public var periods: [TimePeriod] = []

  public init(key: [String?] = [], isOther: Bool = false, count: Int, spread: TimeSpread? = nil) {
    self.key = key
    self.isOther = isOther
    self.count = count
    self.spread = spread
  }
}

/// How some times lie. Quantiles are exact (linear interpolation, R-7); they and the mean are rounded down to a microsecond.
public struct TimeSpread: Hashable, Sendable {
  public var min: Duration
  public var p10: Duration
  public var median: Duration
  public var p90: Duration
  public var max: Duration
  public var mean: Duration

  public init(min: Duration, p10: Duration, median: Duration, p90: Duration, max: Duration, mean: Duration) {
    self.min = min
    self.p10 = p10
    self.median = median
    self.p90 = p90
    self.max = max
    self.mean = mean
  }
}

/// Times from `start` (inclusive) to `end` (exclusive).
public struct TimeBin: Hashable, Sendable {
  /// The starts of all bins: round lengths, each some two to five times the one before, since times between steps span
  /// seconds to weeks. The last bin has no end.
  public static let starts: [Duration] =
    [.seconds(0), .seconds(1), .seconds(5), .seconds(15), .seconds(30)]
    + [.minutes(1), .minutes(2), .minutes(5), .minutes(15), .minutes(30)]
    + [.hours(1), .hours(2), .hours(6), .hours(12)]
    + [.days(1), .days(2), .days(4), .days(7), .days(14), .days(30), .days(60), .days(120), .days(365)]

  public var start: Duration
  /// Nil for the last bin.
  public var end: Duration?
  public var count: Int

  public init(start: Duration, end: Duration?, count: Int) {
    self.start = start
    self.end = end
    self.count = count
  }
}

public struct TimePeriod: Hashable, Sendable {
  public var start: Instant
  public var label: String
  public var group: TimeGroup

  public init(start: Instant, label: String, group: TimeGroup) {
    self.start = start
    self.label = label
    self.group = group
  }
}
