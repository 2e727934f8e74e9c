import JourneyTime

/// What a funnel found. All counts are of the query's `counting` unit.
public struct FunnelReport: Hashable, Sendable {
  /// The whole, and then one group per breakdown value in the order to show: largest first, equal sizes by value (UTF-8 bytes),
  /// then `(other)`, then `(none)`, which is not one of the top. Sizes are those of the first row. Empty without a breakdown.
  public var total: FunnelGroup
  public var groups: [FunnelGroup]
  /// With `per`: one group per calendar unit of the entry, empty ones too: all units of `during` or, without it, those from the
  /// first entry to the last.
  public var periods: [FunnelPeriod]
  /// With `vs`: the whole over the second period.
  public var versus: FunnelGroup?
  /// First and last instant of the store, before all filters; nil for an empty store.
  public var span: ClosedRange<Instant>?
  /// People the question looked at (after `for`), converted or not.
  public var peopleAsked: Int

  public init(
    total: FunnelGroup, groups: [FunnelGroup] = [], periods: [FunnelPeriod] = [], versus: FunnelGroup? = nil,
    span: ClosedRange<Instant>? = nil, peopleAsked: Int = 0
  ) {
    self.total = total
    self.groups = groups
    self.periods = periods
    self.versus = versus
    self.span = span
    self.peopleAsked = peopleAsked
  }
}

public struct FunnelGroup: Hashable, Sendable {
  /// Breakdown values, parallel to the query's keys; empty for the whole. Values are already text; nil is `(none)`.
  public var key: [String?]
  /// The group that gathers what `top` cut off.
  public var isOther: Bool
  public var rows: [FunnelRow]
  /// Not completed, and a permitted first event's window reaches past the store's last event.
  public var unfinished: Int
  /// Median time from the first to the last required event of complete chains.
  public var medianToComplete: Duration?
  /// With `by` and `per`, for a group of the breakdown: its part of each of the report's periods. Else empty.
  public var periods: [FunnelPeriod] = []

  public init(
    key: [String?] = [], isOther: Bool = false, rows: [FunnelRow], unfinished: Int = 0,
    medianToComplete: Duration? = nil
  ) {
    self.key = key
    self.isOther = isOther
    self.rows = rows
    self.unfinished = unfinished
    self.medianToComplete = medianToComplete
  }

  /// Share of the first row that reached the last required one; nil when nobody entered.
  public var conversion: Double? {
    let required = rows.filter { !$0.isOptional }
    guard let first = required.first?.count, let last = required.last?.count, first > 0 else { return nil }
    return Double(last) / Double(first)
  }
}

/// One step of the path, or with `order any` one number of steps (`1 of n` … `n of n`).
public struct FunnelRow: Hashable, Sendable {
  public var label: String
  public var isOptional: Bool
  public var count: Int
  /// Reached this row and not the next required one; 0 in the last required row, nil for an optional step.
  public var lost: Int?
  /// Median of the time from the previous required event of the reported chain to this one (R-7, rounded down to a
  /// microsecond); nil for the first row, and where nobody got here.
  public var medianFromPrevious: Duration?

  public init(
    label: String, isOptional: Bool = false, count: Int, lost: Int? = nil, medianFromPrevious: Duration? = nil
  ) {
    self.label = label
    self.isOptional = isOptional
    self.count = count
    self.lost = lost
    self.medianFromPrevious = medianFromPrevious
  }
}

public struct FunnelPeriod: Hashable, Sendable {
  public var start: Instant
  public var label: String
  public var group: FunnelGroup

  public init(start: Instant, label: String, group: FunnelGroup) {
    self.start = start
    self.label = label
    self.group = group
  }
}
