import JourneyTime

/// `retention of a then b`: who of those that began with `a` in one calendar unit came back for `b`, unit by unit.
///
/// A customer's cohort is the calendar unit of the first event that matches `start` (in `during`, after `filter`). A customer returned in unit n
/// if an event matches `returning` in the n-th calendar unit after that one; unit 0 is the cohort's own, and there the event must stand at a
/// later moment than the first.
public struct RetentionQuery: Hashable, Sendable {
  public var start: Step
  public var returning: Step
  public var filter: Condition?
  public var people: People?
  /// Read at the customer's first event.
  public var breakdown: Breakdown?
  /// Bounds the first event; returns may lie after it.
  public var during: Range<Instant>?
  public var unit: CalendarUnit
  public var zone: Zone

  public init(
    start: Step, returning: Step, filter: Condition? = nil, people: People? = nil, breakdown: Breakdown? = nil,
    during: Range<Instant>? = nil, unit: CalendarUnit = .week, zone: Zone = .utc
  ) {
    self.start = start
    self.returning = returning
    self.filter = filter
    self.people = people
    self.breakdown = breakdown
    self.during = during
    self.unit = unit
    self.zone = zone
  }
}

public struct RetentionReport: Hashable, Sendable {
  /// The customers who began in one calendar unit.
  public struct Cohort: Hashable, Sendable {
    public var start: Instant
    public var label: String
    public var customers: Int
    /// By unit after the cohort's own (0), as far as they are observed: a unit is when it ends at or before the store's last event.
    public var returned: [Int]

    public init(start: Instant, label: String, customers: Int, returned: [Int]) {
      self.start = start
      self.label = label
      self.customers = customers
      self.returned = returned
    }
  }

  public struct Group: Hashable, Sendable {
    /// Breakdown values, parallel to the query's keys; nil is `(none)`.
    public var key: [String?]
    public var isOther: Bool
    /// In time order from the first cohort of the whole answer to the last, empty ones too.
    public var cohorts: [Cohort]

    public init(key: [String?] = [], isOther: Bool = false, cohorts: [Cohort]) {
      self.key = key
      self.isOther = isOther
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
  public var total: Group
  /// In the order to show (by customers, as in `FunnelReport`). Empty without a breakdown.
  public var groups: [Group]
  public var span: ClosedRange<Instant>?

  public init(total: Group, groups: [Group] = [], span: ClosedRange<Instant>? = nil) {
    self.total = total
    self.groups = groups
    self.span = span
  }
}
