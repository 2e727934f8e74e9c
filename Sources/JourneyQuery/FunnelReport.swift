import JourneyTime

/// What a funnel found, of customers, entries or sessions, as the query counts. Groups are sorted by those who took the first step.
public typealias FunnelReport = Cut<FunnelFigures>

public struct FunnelFigures: Hashable, Sendable, Codable {
  public var rows: [FunnelRow]
  /// Not completed, and would be if events of all the steps behind one that was reached followed at once: one after another within the
  /// microsecond after the store's last event, whatever it is of. Not so where the window is over, a limit of an arrow, a session that
  /// its gap has ended, and where another event came between `=>` or one that `without` names.
  public var unfinished: Int
  /// Median time from the first to the last required event of complete chains.
  public var medianToComplete: Duration?

  public init(rows: [FunnelRow], unfinished: Int = 0, medianToComplete: Duration? = nil) {
    self.rows = rows
    self.unfinished = unfinished
    self.medianToComplete = medianToComplete
  }

  /// Those who took the first step, and those who took the last required one.
  public var entered: Int { rows.first { !$0.isOptional }?.count ?? 0 }
  public var converted: Int { rows.last { !$0.isOptional }?.count ?? 0 }

  /// The share of those who entered that converted; nil when nobody entered.
  public var conversion: Double? { entered > 0 ? Double(converted) / Double(entered) : nil }
}

/// One step of the path, or with `order any` one number of steps (`1 of n` … `n of n`).
public struct FunnelRow: Hashable, Sendable, Codable {
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
