import JourneyTime

/// `time PATH`: how long the reported complete chains of a funnel took from their first event to the one of the last required
/// step.
public struct TimeQuery: Query {
  public var funnel: FunnelQuery
  /// Whether the report holds every time, of which there may be very many.
  public var keepsTimes: Bool

  public init(_ funnel: FunnelQuery, keepsTimes: Bool = false) {
    (self.funnel, self.keepsTimes) = (funnel, keepsTimes)
  }

  public var scope: Scope {
    get { funnel.scope }
    set { funnel.scope = newValue }
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> TimeReport {
    try executor.time(self, run)
  }
}

public struct TimeReport: Hashable, Sendable, Codable {
  /// Groups are sorted by complete chains; who did not complete is in none. Periods are those of the entry.
  public var cut: Cut<TimeFigures>
  /// Of the whole; from the bin of the shortest time to that of the longest, empty ones too. Empty for no times.
  public var histogram: [TimeBin]
  /// Customers, entries or sessions that took the first step, complete or not.
  public var entered: Int
  /// Of those that did not complete, how many still may: see `FunnelFigures.unfinished`.
  public var unfinished: Int

  public init(cut: Cut<TimeFigures>, histogram: [TimeBin] = [], entered: Int = 0, unfinished: Int = 0) {
    self.cut = cut
    self.histogram = histogram
    self.entered = entered
    self.unfinished = unfinished
  }
}

public struct TimeFigures: Hashable, Sendable, Codable {
  /// Complete chains.
  public var count: Int
  /// Nil if there are none.
  public var spread: TimeSpread?
  /// All of them, rising, where the query keeps them; else none.
  public var times: [Duration]

  public init(count: Int, spread: TimeSpread? = nil, times: [Duration] = []) {
    self.count = count
    self.spread = spread
    self.times = times
  }
}

/// How some times lie. Quantiles are exact (linear interpolation, R-7); they and the mean are rounded down to a microsecond.
public struct TimeSpread: Hashable, Sendable, Codable {
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
public struct TimeBin: Hashable, Sendable, Codable {
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
