import JourneyTime

/// `loops [STEP]`: where journeys go back.
///
/// Events are named, and a return is an event whose name differs from that of the event right before it and that goes back, as `rule`
/// says. It leads from the name before to its own.
public struct LoopsQuery: Hashable, Sendable {
  public enum Rule: Hashable, Sendable {
    /// To a name that stands earlier among the rules of `naming` than the one before: an earlier stage of the map. Events that no
    /// rule names are not looked at.
    case toEarlier
    /// To a name that the journey has had before.
    case toTaken
    /// To an event that matches the step, where the event right before does not and an earlier one does. Matching events are called
    /// by the step's label, whatever their names.
    case toStep(Step)
  }
  public var rule: Rule
  public var naming: Naming
  public var filter: Condition?
  public var people: People?
  /// Read at the event that goes back.
  public var breakdown: Breakdown?
  /// Bounds all events.
  public var during: Range<Instant>?
  /// How many pairs have a row of their own, in the whole and in each group.
  public var top: Int
  public var zone: Zone

  public init(
    rule: Rule, naming: Naming = Naming(), filter: Condition? = nil, people: People? = nil,
    breakdown: Breakdown? = nil, during: Range<Instant>? = nil, top: Int = 10, zone: Zone = .utc
  ) {
    self.rule = rule
    self.naming = naming
    self.filter = filter
    self.people = people
    self.breakdown = breakdown
    self.during = during
    self.top = top
    self.zone = zone
  }
}

public struct LoopsReport: Hashable, Sendable {
  public struct Pair: Hashable, Sendable {
    public var from: String
    public var to: String
    public var times: Int
    public var customers: Int

    public init(from: String, to: String, times: Int, customers: Int) {
      self.from = from
      self.to = to
      self.times = times
      self.customers = customers
    }
  }
  public struct Group: Hashable, Sendable {
    /// As in `FunnelGroup`.
    public var key: [String?]
    public var isOther: Bool
    /// Returns, and the people who made them, each once.
    public var times: Int
    public var customers: Int
    /// How many pairs were found, shown or not.
    public var distinct: Int
    /// Most frequent first; equal ones by `from`, then by `to` (UTF-8 bytes).
    public var pairs: [Pair]
    /// Returns of the pairs that are not shown, and the people who made those; 0 if all are.
    public var otherTimes: Int
    public var otherCustomers: Int

    public init(
      key: [String?] = [], isOther: Bool = false, times: Int = 0, customers: Int = 0, distinct: Int = 0,
      pairs: [Pair] = [], otherTimes: Int = 0, otherCustomers: Int = 0
    ) {
      self.key = key
      self.isOther = isOther
      self.times = times
      self.customers = customers
      self.distinct = distinct
      self.pairs = pairs
      self.otherTimes = otherTimes
      self.otherCustomers = otherCustomers
    }
  }
  public var total: Group
  /// In the order of `FunnelReport`, by returns. Empty without a breakdown.
  public var groups: [Group]
  /// People the question looked at (after `for`).
  public var peopleAsked: Int
  public var span: ClosedRange<Instant>?

  public init(total: Group, groups: [Group] = [], peopleAsked: Int = 0, span: ClosedRange<Instant>? = nil) {
    self.total = total
    self.groups = groups
    self.peopleAsked = peopleAsked
    self.span = span
  }
}
