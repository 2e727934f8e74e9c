import JourneyTime

/// A funnel as docs/LANGUAGE.md §4 defines it, with every name resolved and every default written out.
public struct FunnelQuery: Query {
  public enum Order: String, Hashable, Sendable, Codable { case path, any, strict }
  public enum Entry: String, Hashable, Sendable, Codable { case best, first }
  public enum Counting: String, Hashable, Sendable, Codable { case customers, entries, sessions }

  public static let defaultWindow = Duration.days(30)
  public static let defaultGap = Duration.minutes(30)

  public var path: Path
  /// Nil is `forever`.
  public var window: Duration?
  public var without: [Step]
  /// A property whose value all events of a chain share.
  public var holding: String?
  public var order: Order
  public var entry: Entry
  public var counting: Counting
  /// What cuts sessions where the store has no session column.
  public var gap: Duration
  /// `during` bounds the first step's event.
  public var scope: Scope
  /// Calendar units are those of the entry.
  public var split: Split

  public init(
    path: Path, window: Duration? = Self.defaultWindow, without: [Step] = [], holding: String? = nil,
    order: Order = .path,
    entry: Entry = .best, counting: Counting = .customers, gap: Duration = Self.defaultGap, scope: Scope = Scope(),
    split: Split = Split()
  ) {
    self.path = path
    self.window = window
    self.without = without
    self.holding = holding
    self.order = order
    self.entry = entry
    self.counting = counting
    self.gap = gap
    self.scope = scope
    self.split = split
  }

  /// Steps that count for depth.
  public var requiredSteps: Int { path.steps.count { !$0.isOptional } }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> FunnelReport {
    try executor.funnel(self, run)
  }
}
