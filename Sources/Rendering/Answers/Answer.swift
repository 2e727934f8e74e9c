import JourneyTime
import SourceText

/// A reply as plain tables: what every format writes and nobody has to interpret.
package struct Answer: Hashable, Sendable {
  /// The canonical sentence with all defaults written out; empty for listings that answer no question.
  package var question: String
  /// What heads a page that is read for itself; nil of answers to questions.
  package var heading: String?
  package var tables: [Table]
  /// What was counted, over which dates, what was left out: one sentence each.
  package var notes: [String]
  package var warnings: [Warning]
  /// Figures that `assert` and `NAME of $x` can pick; the first is the one meant alone.
  package var figures: [Figure]

  package init(
    question: String = "", tables: [Table] = [], notes: [String] = [], warnings: [Warning] = [],
    figures: [Figure] = []
  ) {
    self.question = question
    self.tables = tables
    self.notes = notes
    self.warnings = warnings
    self.figures = figures
  }

  /// What it says beside its tables.
  var sentences: [String] { notes + warnings.map(\.text) }

  package struct Warning: Hashable, Sendable {
    package var code: DiagnosticCode
    package var message: String

    package init(code: DiagnosticCode, message: String) {
      self.code = code
      self.message = message
    }

    /// As it stands below an answer.
    var text: String { "warning: \(message) [\(code)]" }
  }

  package struct Figure: Hashable, Sendable {
    package var name: String
    package var value: Cell
    /// A duration even when it is missing: formats for programs name the unit, whatever the data.
    package var isDuration: Bool

    package init(_ name: String, _ value: Cell, isDuration: Bool = false) {
      self.name = name
      self.value = value
      self.isDuration = isDuration
    }
  }
}

/// Rows of one schema, which follows from the question and not from the data.
package struct Table: Hashable, Sendable {
  /// Heads the table where an answer has several; also the key in JSON.
  package var title: String?
  package var columns: [Column]
  /// Each row has one cell per column.
  package var rows: [[Cell]]
  /// How it is best looked at.
  package var picture: Picture?
  /// How many of the first rows, or of those of its matrix, have an order that may be changed; what stands behind is `(other)` and its
  /// like. Nil where rows stand in their order for good.
  package var sortableRows: Int?
  package var rank: Rank

  /// Where people see a table among those of an answer; programs are given all in their order.
  package enum Rank: Hashable, Sendable {
    /// Before all others: it is what was asked.
    case first
    case usual
    /// Not at all where another is first, which tells as much.
    case spared
  }

  package init(
    title: String? = nil, columns: [Column], rows: [[Cell]], picture: Picture? = nil, sortableRows: Int? = nil,
    rank: Rank = .usual
  ) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.picture = picture
    self.sortableRows = sortableRows
    self.rank = rank
  }

  package struct Column: Hashable, Sendable {
    package var name: String
    /// Drawn as a bar beside the figure, for shares.
    package var isBar: Bool
    /// With `isBar`: what was lost since the row above is drawn too, as in a funnel.
    package var showsLoss: Bool
    /// Shares that are read as an area: each stands on a ground the darker the larger it is.
    package var isShaded: Bool
    /// Durations even when all are missing: formats for programs name the unit in the heading, whatever the data.
    package var isDuration: Bool
    /// Its cells are rates.
    package var isRate: Bool
    /// Its cells are estimates, which programs are given with the ends of their intervals.
    package var isEstimate: Bool
    /// Figures even when all are missing, as rates, estimates and durations are: where tables are united these stand behind names, whatever the data.
    package var isFigure: Bool
    /// Steps as a statement writes them: a name in quotes is for programs without.
    package var holdsSteps: Bool
    /// 0 is kept to the last when the width is short; higher ones give way first.
    package var priority: Int
    /// Texts to be typed or read to their ends: they are wrapped, never cut.
    package var isWhole: Bool

    package init(
      _ name: String, isBar: Bool = false, showsLoss: Bool = false, isShaded: Bool = false, isDuration: Bool = false,
      isRate: Bool = false, isEstimate: Bool = false, isFigure: Bool = false, holdsSteps: Bool = false,
      priority: Int = 0, isWhole: Bool = false
    ) {
      self.name = name
      self.isShaded = isShaded
      self.isDuration = isDuration
      self.isRate = isRate
      self.isEstimate = isEstimate
      self.isFigure = isFigure || isRate || isEstimate || isDuration || isBar
      self.holdsSteps = holdsSteps
      self.isBar = isBar
      self.showsLoss = showsLoss
      self.priority = priority
      self.isWhole = isWhole
    }
  }
}

package enum Cell: Hashable, Sendable {
  case text(String)
  case integer(Int)
  /// A size: in a readable unit for people, the number for programs.
  case bytes(Int)
  case number(Double)
  /// 0.12 is shown as 12 %.
  case share(Double)
  /// The share that so many are of `of` people, or of what else is counted of them, 1 at least: how far it can be relied on is known.
  case rate(Int, of: Int)
  case estimate(Estimate)
  /// Of a test, 0 … 1: 0.034, and less than a thousandth as such.
  case probability(Double)
  case duration(Duration)
  /// Figures one after the other, drawn as small as a word; nil is a gap.
  case course([Double?])
  /// Shown in the workspace's zone.
  case instant(Instant)
  case truth(Bool)
  /// A calendar unit that had not ended by the last event, by its label: marked `…` for people.
  case unfinished(String)
  /// Not to be known yet: `…` on the terminal, as missing for programs.
  case unobserved
  /// No value: `–` on the terminal, empty in CSV, null in JSON.
  case missing
}

extension Cell {
  /// The share that `part` is of `whole`; missing for an empty whole.
  static func quotient(_ part: Int, _ whole: Int) -> Cell {
    whole > 0 ? .share(Double(part) / Double(whole)) : .missing
  }

  /// The same of people, sessions and the like.
  static func rate(_ part: Int, _ whole: Int) -> Cell { whole > 0 ? .rate(part, of: whole) : .missing }

  /// Of a share, a rate or what is estimated to be one.
  package var share: Double? {
    switch self {
    case .share(let share): share
    case .estimate(let estimate): estimate.unit == .share ? estimate.value : nil
    case .rate(let count, let whole): Double(count) / Double(whole)
    default: nil
    }
  }

  /// A figure as a number; nil for what is no figure.
  var amount: Double? {
    switch self {
    case .integer(let value), .bytes(let value): Double(value)
    case .number(let value), .probability(let value): value
    case .estimate(let estimate): estimate.value
    case .share, .rate: share
    case .duration(let value): Double(value.microseconds)
    case .text, .instant, .truth, .course, .unfinished, .unobserved, .missing: nil
    }
  }
}
