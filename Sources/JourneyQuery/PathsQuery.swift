/// `paths [from | to | around STEP]`: the sequences of steps that customers take, most frequent first.
///
/// Events are named, then those of one name in a row are one step. Without an anchor a path is the first `depth` steps of the
/// journey. With one it is read at the first event that matches: `from` is the `depth` steps that start there, `to` the `depth`
/// steps before and that one, `around` the `depth` steps before, that one, and `depth` after.
public struct PathsQuery: Query {
  public enum Side: String, CaseIterable, Hashable, Sendable, Codable { case from, to, around }

  public struct Anchor: Hashable, Sendable, Codable {
    public var side: Side
    public var step: Step

    public init(_ side: Side, _ step: Step) {
      self.side = side
      self.step = step
    }
  }
  public var anchor: Anchor?
  public var naming: Naming
  /// At least 1.
  public var depth: Int
  /// How many variants have a row of their own, in the whole and in each group.
  public var top: Int
  /// `during` bounds the anchor's event: the first match in it counts, and the rest may lie outside. Without an anchor it bounds all events.
  public var scope: Scope
  /// Read at the anchor's event, without an anchor at the first of the path.
  public var breakdown: Breakdown?

  public init(
    anchor: Anchor? = nil, naming: Naming = Naming(), depth: Int = 5, top: Int = 10, scope: Scope = Scope(),
    breakdown: Breakdown? = nil
  ) {
    self.anchor = anchor
    self.naming = naming
    self.depth = depth
    self.top = top
    self.scope = scope
    self.breakdown = breakdown
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> PathsReport {
    try executor.paths(self, run)
  }
}

/// The paths of some customers.
public struct PathsFigures: Hashable, Sendable, Codable {
  /// A path and the customers who took it.
  public struct Variant: Hashable, Sendable, Codable {
    /// Names, first to last; at least one.
    public var steps: [String]
    /// Index of the step that the path is read at; 0 without an anchor.
    public var anchor: Int
    public var customers: Int

    public init(steps: [String], anchor: Int = 0, customers: Int) {
      self.steps = steps
      self.anchor = anchor
      self.customers = customers
    }
  }
  /// Everyone with a path, each of them once.
  public var customers: Int
  /// How many paths were found, shown or not.
  public var distinct: Int
  /// Largest first; equal ones by their names (UTF-8 bytes, step by step, the shorter first), then by `anchor`.
  public var variants: [Variant]

  public init(customers: Int = 0, distinct: Int = 0, variants: [Variant] = []) {
    self.customers = customers
    self.distinct = distinct
    self.variants = variants
  }
}

/// Groups are sorted by customers.
public typealias PathsReport = Cut<PathsFigures>
