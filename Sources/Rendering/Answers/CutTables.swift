import JourneyQuery
import JourneyTime

/// A figure of an answer: its column, and its cell from the figures of a row and those of the whole.
struct FigureColumn<Figures> {
  let column: Table.Column
  let cell: (_ figures: Figures, _ whole: Figures) -> Cell

  init(_ column: Table.Column, _ cell: @escaping (_ figures: Figures, _ whole: Figures) -> Cell) {
    (self.column, self.cell) = (column, cell)
  }

  init(_ column: Table.Column, _ cell: @escaping (_ figures: Figures) -> Cell) {
    self.init(column) { figures, _ in cell(figures) }
  }
}

/// The tables of an answer that is cut by groups and calendar units: alike for every question.
struct CutTables<Figures: Hashable & Sendable & Codable> {
  typealias Columns = [FigureColumn<Figures>]

  let cut: Cut<Figures>
  let scope: Scope
  let split: Split

  /// Names of the breakdown's keys.
  private var keys: [String] { split.breakdown?.names ?? [] }

  /// Of a question whose figures are the same in every table: those of the other dates beside these, then groups, calendar
  /// units and both, or one row where nothing is cut. `drawn` is what lines are drawn of; figures `beside` it are told of groups by calendar
  /// unit, too.
  func all(
    uncut: Columns, cut columns: Columns, drawn: FigureColumn<Figures>, beside: Columns = []
  ) -> [Table] {
    let parts =
      ([
        comparison(uncut), groups(columns), periods(columns, drawn: drawn), groupPeriods(drawn),
      ] + beside.map { groupPeriods($0, isDrawn: false) }).compactMap { $0 }
    return parts.isEmpty ? [whole(uncut)] : parts
  }

  /// What is to be known of the rows: whether the data ends within a calendar unit, whether dates beside each other are of one length and
  /// lie in the data.
  var notes: [String] { [unfinishedNote, lengthNote].compactMap { $0 } + coverageNotes }

  private var unfinishedNote: String? {
    guard let unit = split.per, unfinished > 0 else { return nil }
    return "…: the \(unit.rawValue) had not ended by the last event"
  }

  private var lengthNote: String? {
    guard let during = scope.during, let versus = split.versus else { return nil }
    let (now, before) = (during.length, versus.length)
    guard now != before else { return nil }
    return "of unequal length: \(during.label(in: scope.zone)) is \(HumanText.duration(now)) long, "
      + "\(versus.label(in: scope.zone)) \(HumanText.duration(before))"
  }

  /// Of dates beside each other those of which the data does not hold every day.
  private var coverageNotes: [String] {
    guard let during = scope.during, let versus = split.versus, let span = cut.basis.span else { return [] }
    let days =
      CalendarUnit.day.start(
        of: span.lowerBound, in: scope.zone)..<CalendarUnit.day.start(
        1, after: span.upperBound, in: scope.zone)
    return [during, versus].filter { !(days.lowerBound <= $0.lowerBound && $0.upperBound <= days.upperBound) }.map {
      "\($0.label(in: scope.zone)) lies \($0.overlaps(days) ? "only partly in" : "outside of") the data, "
        + span.days(in: scope.zone)
    }
  }

  /// How many of the periods had not ended by the last event. Where the first and the last are at midnight, they are taken for dates
  /// without a clock, and the last day for over.
  private var unfinished: Int {
    guard let unit = split.per, let span = cut.basis.span else { return 0 }
    let day = { (instant: Instant) in CalendarUnit.day.start(of: instant, in: scope.zone) }
    var end = span.upperBound
    if day(span.lowerBound) == span.lowerBound, day(end) == end {
      end = CalendarUnit.day.start(1, after: end, in: scope.zone)
    }
    return cut.periods.reversed().prefix { unit.start(1, after: $0.start, in: scope.zone) > end }.count
  }

  /// The label of each period, as the first cell of its rows.
  private var labels: [Cell] {
    let over = cut.periods.count - unfinished
    return cut.periods.enumerated().map { $0 < over ? .text($1.label) : .unfinished($1.label) }
  }

  /// One row, of everything.
  func whole(_ columns: Columns) -> Table {
    Table(columns: columns.map(\.column), rows: [row(columns, cut.total.figures)])
  }

  /// A row per group; nil without a breakdown.
  func groups(_ columns: Columns) -> Table? {
    guard split.breakdown != nil else { return nil }
    return Table(
      title: "by " + keys.joined(separator: ", "), columns: keys.map { Table.Column($0) } + columns.map(\.column),
      rows: cut.groups.map { $0.key.cells(count: keys.count) + row(columns, $0.figures) },
      sortableRows: cut.groups.prefix { $0.key.hasValue }.count)
  }

  /// A row per calendar unit, and a line of the figure `drawn`; nil without `per`. People see it where there are no groups.
  func periods(_ columns: Columns, drawn: FigureColumn<Figures>) -> Table? {
    guard let unit = split.per else { return nil }
    return Table(
      title: "per \(unit.rawValue)", columns: [Table.Column(unit.rawValue)] + columns.map(\.column),
      rows: zip(labels, cut.total.periods).map { [$0] + row(columns, $1) },
      picture: trend(of: drawn, [cut.total]).map(Picture.trend), sortableRows: cut.periods.count, rank: .spared)
  }

  /// One figure of each group in each calendar unit, a row each; people see it before all else: a row per unit, in it everybody's
  /// figure, and a column and a line per group, unless it is not drawn. Nil without both.
  func groupPeriods(_ figure: FigureColumn<Figures>, isDrawn: Bool = true) -> Table? {
    guard let unit = split.per, split.breakdown != nil, !cut.groups.isEmpty else { return nil }
    let columns = cut.groups.enumerated().map { index, group in
      Table.Column(
        group.key.label(count: keys.count), isDuration: figure.column.isDuration, priority: index + 1)
    }
    let rows = labels.enumerated().map { index, label in
      [label]
        + ([cut.total] + cut.groups).map { figure.cell($0.periods[index], cut.total.figures).brief }
    }
    let everybody = Table.Column("all", isDuration: figure.column.isDuration)
    let matrix = Matrix(
      columns: [Table.Column(unit.rawValue), everybody] + columns, rows: rows,
      trend: isDrawn ? trend(of: figure, cut.groups) : nil)
    return Table(
      title: "\(figure.column.name) per \(unit.rawValue) by \(keys.joined(separator: ", "))",
      columns: [Table.Column(unit.rawValue)] + keys.map { Table.Column($0) } + [figure.column],
      rows: labels.enumerated().flatMap { index, label in
        cut.groups.map { group in
          [label] + group.key.cells(count: keys.count)
            + [figure.cell(group.periods[index], cut.total.figures)]
        }
      }, picture: .matrix(matrix), sortableRows: rows.count, rank: .first)
  }

  /// A row for the dates of `during` and one for those of `vs`, the first with that by which each figure differs, a share of the latter; people
  /// see a row per figure. Nil without `vs`.
  func comparison(_ columns: Columns) -> Table? {
    guard let versus = cut.versus else { return nil }
    let (now, before) = (
      scope.during?.label(in: scope.zone) ?? "now", split.versus?.label(in: scope.zone) ?? "before"
    )
    let rows = columns.map { figure -> [Cell] in
      let cells = (figure.cell(cut.total.figures, cut.total.figures), figure.cell(versus, versus))
      return [.text(figure.column.name), cells.0, cells.1, Cell.change(from: cells.1, to: cells.0)]
    }
    return Table(
      title: "\(now) vs \(before)",
      columns: [Table.Column("dates")] + columns.flatMap { [$0.column, Table.Column($0.column.name + " change")] },
      rows: [[.text(now)] + rows.flatMap { [$0[1], $0[3]] }, [.text(before)] + rows.flatMap { [$0[2], .missing] }],
      picture: .matrix(
        Matrix(
          columns: [Table.Column("figure"), Table.Column(now), Table.Column(before), Table.Column("change")], rows: rows
        )
      ))
  }

  private func row(_ columns: Columns, _ figures: Figures) -> [Cell] {
    columns.map { $0.cell(figures, cut.total.figures) }
  }

  private func trend(of figure: FigureColumn<Figures>, _ slices: [Slice<Figures>]) -> Trend? {
    split.per.flatMap { unit in
      Trend(
        figure.column.name, per: unit, labels: cut.periods.map(\.label),
        lines: slices.map { slice in
          Trend.Line(
            slice.key == .whole ? "" : slice.key.label(count: keys.count),
            slice.periods.map { figure.cell($0, cut.total.figures) })
        }, unfinished: unfinished)
    }
  }
}

/// What stands in the place of a name where there is none.
enum Mark {
  static let none = "(none)"
  static let other = "(other)"
  static let end = "(end)"

  /// A name of the data, in quotes where a mark looks like it.
  static func beside(_ name: String) -> String { [none, other, end].contains(name) ? "\"\(name)\"" : name }
}

extension Cell {
  static func name(_ name: String) -> Cell { .text(Mark.beside(name)) }
}

extension GroupKey {
  /// Whether it is a group of some value, not of none or of the rest.
  var hasValue: Bool { if case .values(let values) = self { values.contains { $0 != nil } } else { false } }

  /// A cell for each of `count` keys; `(none)` for a value that is missing, `(other)` in the first place for the group of
  /// the rest.
  func cells(count: Int) -> [Cell] {
    switch self {
    case .whole: []
    case .values(let values): values.map { $0.map(Cell.name) ?? .text(Mark.none) }
    case .other: (0..<count).map { $0 == 0 ? .text(Mark.other) : .missing }
    }
  }

  /// All of them in one text.
  func label(count: Int) -> String { cells(count: count).map { $0.text() }.joined(separator: ", ") }
}

extension Cell {
  /// By what share of `before` it is more or less now, an estimate by how much; missing where that says nothing.
  static func change(from before: Cell, to now: Cell) -> Cell {
    if case (.estimate(let before), .estimate(let now)) = (before, now) { return .estimate(now.change(from: before)) }
    guard let before = before.amount, let now = now.amount, before > 0 else { return .missing }
    return .share(now / before - 1)
  }

  /// Missing where there is no duration.
  static func time(_ duration: Duration?) -> Cell { duration.map(Cell.duration) ?? .missing }
}

extension Range<Instant> {
  fileprivate var length: Duration { Duration(microseconds: upperBound.microseconds - lowerBound.microseconds) }
}
