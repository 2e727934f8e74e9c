import JourneyTime

/// `retention of a then b`: who of those that began with `a` in one calendar unit came back for `b`, unit by unit.
///
/// A customer's cohort is the calendar unit of the first event that matches `start` (in `during`, which bounds no return, after the filter). A customer returned in unit n
/// if an event matches `returning` in the n-th calendar unit after that one; unit 0 is the cohort's own, and there the event must stand at a
/// later moment than the first.
public struct RetentionQuery: Query {
  public var start: Step
  public var returning: Step
  public var unit: CalendarUnit
  public var scope: Scope
  /// Read at the customer's first event.
  public var breakdown: Breakdown?

  public init(
    start: Step, returning: Step, unit: CalendarUnit = .week, scope: Scope = Scope(), breakdown: Breakdown? = nil
  ) {
    self.start = start
    self.returning = returning
    self.unit = unit
    self.scope = scope
    self.breakdown = breakdown
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> RetentionReport {
    try executor.retention(self, run)
  }
}

/// The cohorts of some customers.
public struct RetentionFigures: Hashable, Sendable, Codable {
  /// The customers who began in one calendar unit.
  public struct Cohort: Hashable, Sendable, Codable {
    public var start: Instant
    public var label: String
    public var customers: Int
    /// By unit after the cohort's own (0), as far as they are observed: a unit is when it ends at or before the store's last event, or by
    /// the end of its day where all events of the store are at midnight: dates without a clock.
    public var returned: [Int]

    public init(start: Instant, label: String, customers: Int, returned: [Int]) {
      self.start = start
      self.label = label
      self.customers = customers
      self.returned = returned
    }
  }
  /// In time order from the first cohort of the whole answer to the last, empty ones too.
  public var cohorts: [Cohort]

  public init(cohorts: [Cohort] = []) {
    self.cohorts = cohorts
  }

  public var customers: Int { cohorts.reduce(0) { $0 + $1.customers } }

  /// Those who returned `unit` units after their own, and all of the cohorts for which that unit is observed: the quotient is the
  /// average of the cohorts' shares, weighted by their sizes.
  public func whole(after unit: Int) -> (returned: Int, customers: Int) {
    cohorts.reduce(into: (0, 0)) { sum, cohort in
      guard cohort.returned.indices.contains(unit) else { return }
      sum.0 += cohort.returned[unit]
      sum.1 += cohort.customers
    }
  }
}

/// Groups are sorted by customers.
public typealias RetentionReport = Cut<RetentionFigures>
