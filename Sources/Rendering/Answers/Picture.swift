import JourneyTime

/// How people best look at a table: on a terminal above its rows or in place of them, in HTML and SVG above them. It says nothing that the
/// rows do not say, and formats for programs leave it out; of pages only a matrix takes the place of rows.
package enum Picture: Hashable, Sendable {
  /// In place of the rows.
  case matrix(Matrix)
  /// Above the rows.
  case trend(Trend)
  /// In place of the rows, where there is room for it.
  case plot(Trend)
  /// Above the rows, where there is room for it.
  case order(DesignedOrder)
  /// In place of the rows.
  case arcs(Arcs)
  /// In place of the rows.
  case tree(Tree)
  /// A bar a row, for where bars stand side by side; the terminal has them in the rows.
  case histogram(Histogram)
}

/// The rows side by side: what is one column of the table is a column for each of its values.
package struct Matrix: Hashable, Sendable {
  package var columns: [Table.Column]
  /// Each has one cell per column.
  package var rows: [[Cell]]
  /// Drawn above.
  package var trend: Trend?
}

/// Figures over time, a line or several.
package struct Trend: Hashable, Sendable {
  package struct Line: Hashable, Sendable {
    package var name: String
    /// Parallel to the trend's labels: figures of one kind; a missing one interrupts the line.
    package var values: [Cell]
    /// Not seen, but to hold what is seen against.
    package var isDashed: Bool

    package init(_ name: String, _ values: [Cell], isDashed: Bool = false) {
      self.name = name
      self.values = values
      self.isDashed = isDashed
    }
  }
  /// What is ordinary, to hold the lines against.
  package struct Band: Hashable, Sendable {
    package var name: String
    /// Parallel to the trend's labels, as are the highest; where one is missing there is no band.
    package var lowest: [Cell]
    package var highest: [Cell]

    package init(_ name: String, lowest: [Cell], highest: [Cell]) {
      (self.name, self.lowest, self.highest) = (name, lowest, highest)
    }
  }
  /// What is drawn, as `events per week`.
  package var title: String
  /// Of the times, first to last.
  package var labels: [String]
  package var lines: [Line]
  package var band: Band?
  /// How many of the last times had not ended by the last event: lines to them are dashed.
  package var unfinished: Int

  package init(_ title: String, labels: [String], lines: [Line], band: Band? = nil, unfinished: Int = 0) {
    self.title = title
    self.labels = labels
    self.lines = lines
    self.band = band
    self.unfinished = unfinished
  }
}

/// Stages in their order, and who passed them over or came back to them.
package struct DesignedOrder: Hashable, Sendable {
  package struct Stage: Hashable, Sendable {
    package var name: String
    /// Customers.
    package var seen: Int
    package var skipped: Int

    package init(name: String, seen: Int, skipped: Int) {
      self.name = name
      self.seen = seen
      self.skipped = skipped
    }
  }
  package struct Return: Hashable, Sendable {
    /// Indices of stages; it leads to an earlier one.
    package var from: Int
    package var to: Int
    package var customers: Int

    package init(from: Int, to: Int, customers: Int) {
      self.from = from
      self.to = to
      self.customers = customers
    }
  }
  package var stages: [Stage]
  /// Most frequent first.
  package var returns: [Return]

  package init(stages: [Stage], returns: [Return]) {
    self.stages = stages
    self.returns = returns
  }
}

/// Steps, and how often one comes right after another.
package struct Arcs: Hashable, Sendable {
  package struct Node: Hashable, Sendable {
    package var name: String
    /// How often it was taken; `ends` of these nothing came after.
    package var times: Int
    package var ends: Int

    package init(_ name: String, times: Int, ends: Int) {
      self.name = name
      self.times = times
      self.ends = ends
    }
  }
  package struct Arc: Hashable, Sendable {
    /// Indices of nodes.
    package var from: Int
    package var to: Int
    package var times: Int
    package var customers: Int
    package var median: Cell
  }
  /// In the order to show.
  package var nodes: [Node]
  /// Most frequent first.
  package var arcs: [Arc]
  /// Whether `arcs` leaves rarer ones out.
  package var isPartial: Bool
}

/// Ways that part from each other, with how many customers took each.
package struct Tree: Hashable, Sendable {
  package struct Branch: Hashable, Sendable {
    /// The steps up to where ways part, or to where they end; at least one.
    package var steps: [String]
    package var customers: Int
    package var branches: [Branch]

    package init(_ steps: [String], customers: Int, branches: [Branch] = []) {
      self.steps = steps
      self.customers = customers
      self.branches = branches
    }
  }
  package var branches: [Branch]
  /// Customers on ways that the tree does not show; where it has one branch and `isRooted`, on other ways out of that.
  package var others: Int
  /// All customers.
  package var customers: Int
  /// Whether all customers are on the first step of the tree's one branch.
  package var isRooted = false
  /// Whether a branch's steps are those before its parent's.
  package var goesBack = false
}

/// How many took how long.
package struct Histogram: Hashable, Sendable {
  package struct Bin: Hashable, Sendable {
    package var start: Duration
    /// Nil for one without an end.
    package var end: Duration?
    package var count: Int

    package init(_ start: Duration, _ end: Duration?, count: Int) {
      (self.start, self.end, self.count) = (start, end, count)
    }
  }
  package struct Mark: Hashable, Sendable {
    package var name: String
    package var time: Duration

    package init(_ name: String, _ time: Duration) { (self.name, self.time) = (name, time) }
  }
  /// What is counted: `customers`.
  package var counted: String
  /// In order, parallel to the rows of the table; each begins where the one before it ends.
  package var bins: [Bin]
  /// Quantiles, the smallest first.
  package var marks: [Mark]

  package init(_ counted: String, bins: [Bin], marks: [Mark]) {
    (self.counted, self.bins, self.marks) = (counted, bins, marks)
  }

  /// The index of the bin that a time lies in; nil for one before all.
  func bin(of time: Duration) -> Int? { bins.lastIndex { $0.start <= time } }
}
