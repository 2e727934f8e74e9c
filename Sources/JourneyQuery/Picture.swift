/// How people best look at a table: on a terminal above its rows or in place of them. It says nothing that the rows do not say, and formats
/// for programs leave it out; of pages only a matrix takes the place of rows.
public enum Picture: Hashable, Sendable {
  /// In place of the rows.
  case matrix(Matrix)
  /// Above the rows.
  case trend(Trend)
  /// In place of the rows.
  case arcs(Arcs)
  /// In place of the rows.
  case tree(Tree)
  /// Words behind the rows of these indices.
  case marks([Int: String])
}

/// The rows side by side: what is one column of the table is a column for each of its values.
public struct Matrix: Hashable, Sendable {
  public var columns: [Table.Column]
  /// Each has one cell per column.
  public var rows: [[Cell]]
  /// Drawn above.
  public var trend: Trend?

  public init(columns: [Table.Column], rows: [[Cell]], trend: Trend? = nil) {
    self.columns = columns
    self.rows = rows
    self.trend = trend
  }
}

/// Figures over time, a line or several.
public struct Trend: Hashable, Sendable {
  public struct Line: Hashable, Sendable {
    public var name: String
    /// Parallel to the trend's labels: figures of one kind, none of them negative; a missing one interrupts the line.
    public var values: [Cell]

    public init(_ name: String, _ values: [Cell]) {
      self.name = name
      self.values = values
    }
  }
  /// What is drawn, as `events per week`.
  public var title: String
  /// Of the times, first to last.
  public var labels: [String]
  public var lines: [Line]

  public init(_ title: String, labels: [String], lines: [Line]) {
    self.title = title
    self.labels = labels
    self.lines = lines
  }
}

/// Steps, and how often one comes right after another.
public struct Arcs: Hashable, Sendable {
  public struct Node: Hashable, Sendable {
    public var name: String
    /// How often it was taken; `ends` of these nothing came after.
    public var times: Int
    public var ends: Int

    public init(_ name: String, times: Int, ends: Int) {
      self.name = name
      self.times = times
      self.ends = ends
    }
  }
  public struct Arc: Hashable, Sendable {
    /// Indices of nodes.
    public var from: Int
    public var to: Int
    public var times: Int
    public var customers: Int
    public var median: Cell

    public init(from: Int, to: Int, times: Int, customers: Int, median: Cell) {
      self.from = from
      self.to = to
      self.times = times
      self.customers = customers
      self.median = median
    }
  }
  /// In the order to show.
  public var nodes: [Node]
  /// Most frequent first.
  public var arcs: [Arc]
  /// Whether `arcs` leaves rarer ones out.
  public var isPartial: Bool

  public init(nodes: [Node], arcs: [Arc], isPartial: Bool) {
    self.nodes = nodes
    self.arcs = arcs
    self.isPartial = isPartial
  }
}

/// Ways that part from each other, with how many customers took each.
public struct Tree: Hashable, Sendable {
  public struct Branch: Hashable, Sendable {
    /// The steps up to where ways part, or to where they end; at least one.
    public var steps: [String]
    public var customers: Int
    public var branches: [Branch]

    public init(_ steps: [String], customers: Int, branches: [Branch] = []) {
      self.steps = steps
      self.customers = customers
      self.branches = branches
    }
  }
  public var branches: [Branch]
  /// Customers on ways that the tree does not show; where it has one branch and `isRooted`, on other ways out of that.
  public var others: Int
  /// Whether all customers are on the first step of the tree's one branch.
  public var isRooted: Bool
  /// All customers.
  public var customers: Int
  /// Whether a branch's steps are those before its parent's.
  public var goesBack: Bool

  public init(branches: [Branch], others: Int, customers: Int, isRooted: Bool = false, goesBack: Bool = false) {
    self.branches = branches
    self.isRooted = isRooted
    self.others = others
    self.customers = customers
    self.goesBack = goesBack
  }
}
