/// `loops [STEP]`: where journeys go back.
///
/// Events are named, and a return is an event whose name differs from that of the event right before it and that goes back, as `rule`
/// says. It leads from the name before to its own.
public struct LoopsQuery: Query {
  public enum Rule: Hashable, Sendable, Codable {
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
  /// How many pairs have a row of their own, in the whole and in each group.
  public var top: Int
  /// `during` bounds all events.
  public var scope: Scope
  /// Read at the event that goes back.
  public var breakdown: Breakdown?

  public init(
    rule: Rule, naming: Naming = Naming(), top: Int = 10, scope: Scope = Scope(), breakdown: Breakdown? = nil
  ) {
    self.rule = rule
    self.naming = naming
    self.top = top
    self.scope = scope
    self.breakdown = breakdown
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> LoopsReport {
    try executor.loops(self, run)
  }
}

/// The returns of some customers.
public struct LoopsFigures: Hashable, Sendable, Codable {
  public struct Pair: Hashable, Sendable, Codable {
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
    times: Int = 0, customers: Int = 0, distinct: Int = 0, pairs: [Pair] = [], otherTimes: Int = 0,
    otherCustomers: Int = 0
  ) {
    self.times = times
    self.customers = customers
    self.distinct = distinct
    self.pairs = pairs
    self.otherTimes = otherTimes
    self.otherCustomers = otherCustomers
  }
}

/// Groups are sorted by returns.
public typealias LoopsReport = Cut<LoopsFigures>
