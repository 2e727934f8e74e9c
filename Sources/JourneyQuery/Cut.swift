import JourneyTime

/// Which part of an answer some figures are of.
public enum GroupKey: Hashable, Sendable, Codable {
  /// All of it.
  case whole
  /// Breakdown values, parallel to the query's keys; nil is `(none)`.
  case values([String?])
  /// What `top` cut off: `(other)`.
  case other
}

/// Figures of one group, over all dates and in each calendar unit.
public struct Slice<Figures: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
  public var key: GroupKey
  public var figures: Figures
  /// Parallel to the periods of the answer; empty without `per`.
  public var periods: [Figures]

  public init(_ key: GroupKey = .whole, _ figures: Figures, periods: [Figures] = []) {
    self.key = key
    self.figures = figures
    self.periods = periods
  }
}

/// A calendar unit that an answer has figures of.
public struct Period: Hashable, Sendable, Codable {
  public var start: Instant
  /// `2025-W27`.
  public var label: String

  public init(start: Instant, label: String) {
    self.start = start
    self.label = label
  }
}

/// What an answer was made from.
public struct Basis: Hashable, Sendable, Codable {
  /// First and last instant of the store, before all filters; nil for an empty store.
  public var span: ClosedRange<Instant>?
  /// People the question looked at (after `for`), whether they count in the answer or not.
  public var people: Int

  public init(span: ClosedRange<Instant>? = nil, people: Int = 0) {
    self.span = span
    self.people = people
  }
}

/// The same figures of everything, of each group, of each calendar unit, of both, and of other dates, as `Split` asks.
public struct Cut<Figures: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
  public var total: Slice<Figures>
  /// In the order to show: the largest first (of a calendar, the earliest), equal sizes by value (UTF-8 bytes, missing last), then `(other)`, then
  /// `(none)`, which is not one of the top. By which figure they are large is said by each question. Empty without a
  /// breakdown.
  public var groups: [Slice<Figures>]
  /// In time order, without gaps: all units of `during` or, without it, those from the first with something to the last.
  /// Empty without `per`.
  public var periods: [Period]
  /// Of the dates of `vs`.
  public var versus: Figures?
  public var basis: Basis

  public init(
    _ total: Slice<Figures>, groups: [Slice<Figures>] = [], periods: [Period] = [], versus: Figures? = nil,
    basis: Basis = Basis()
  ) {
    self.total = total
    self.groups = groups
    self.periods = periods
    self.versus = versus
    self.basis = basis
  }

  /// The same parts with other figures of each.
  public func map<Other>(_ figures: (Figures) -> Other) -> Cut<Other> {
    func map(_ slice: Slice<Figures>) -> Slice<Other> {
      Slice<Other>(slice.key, figures(slice.figures), periods: slice.periods.map(figures))
    }
    return Cut<Other>(
      map(total), groups: groups.map(map), periods: periods, versus: versus.map(figures), basis: basis)
  }

  /// Uncut.
  public init(_ figures: Figures, basis: Basis = Basis()) {
    self.init(Slice(.whole, figures), basis: basis)
  }
}
