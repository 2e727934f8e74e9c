import JourneyQuery

extension FunnelQuery: AnsweredQuery {
  package func answer(_ report: FunnelReport) -> Answer { report.answer(to: self) }
}

extension FunnelReport {
  private typealias Columns = CutTables<FunnelFigures>.Columns

  /// The report as tables: `steps`; with a breakdown one row per group; with `per` one row per period; with `vs` both periods side
  /// by side. Figures: conversion, customers (or entries, sessions), entered, converted, lost, unfinished, median.
  func answer(to query: FunnelQuery) -> Answer {
    let unit = query.counting.rawValue
    let tables = CutTables(cut: self, scope: query.scope, split: query.split)
    let cut = [
      groupTable(tables, unit),
      tables.periods(Self.periodColumns, drawn: Self.conversion),
      tables.groupPeriods(Self.conversion), comparisonTable(query),
    ]
    let shown = [stepTable(unit)] + cut.compactMap { $0 }
    return Answer(
      tables: shown, notes: notes(query) + tables.notes, warnings: AnswerNotes.few(in: shown), figures: figures(unit))
  }

  private func figures(_ unit: String) -> [Answer.Figure] {
    let whole = total.figures
    return [
      Answer.Figure("conversion", whole.conversionCell), Answer.Figure(unit, .integer(whole.entered)),
      Answer.Figure("entered", .integer(whole.entered)), Answer.Figure("converted", .integer(whole.converted)),
      Answer.Figure("lost", .integer(whole.entered - whole.converted)),
      Answer.Figure("unfinished", .integer(whole.unfinished)),
      Answer.Figure("median", .time(whole.medianToComplete), isDuration: true),
    ]
  }

  // MARK: tables

  /// A row per group and step; people see a row per group, a column per step.
  private func groupTable(_ tables: CutTables<FunnelFigures>, _ unit: String) -> Table? {
    guard let shown = tables.groups(stepColumns + [Self.conversion, Self.median]),
      let keys = tables.split.breakdown?.names
    else { return nil }
    let rows = groups.flatMap { group in
      let whole = Self.median.cell(group.figures, total.figures)
      return Self.stepRows(group.figures).enumerated().map { index, row in
        group.key.cells(count: keys.count) + row + [index == group.figures.rows.count - 1 ? whole : .missing]
      }
    }
    return Table(
      title: shown.title,
      columns: keys.map { Table.Column($0) } + Self.stepTableColumns(unit) + [Self.median.column], rows: rows,
      picture: .matrix(Matrix(columns: shown.columns, rows: shown.rows)), sortableRows: shown.sortableRows)
  }

  private static var conversion: FigureColumn<FunnelFigures> {
    FigureColumn(Table.Column("conversion", isBar: true, isRate: true)) { $0.conversionCell }
  }

  private static var median: FigureColumn<FunnelFigures> {
    FigureColumn(Table.Column("median to complete", isDuration: true, priority: 3)) { .time($0.medianToComplete) }
  }

  private static var periodColumns: Columns {
    [
      FigureColumn(Table.Column("entered")) { .integer($0.entered) },
      FigureColumn(Table.Column("converted")) { .integer($0.converted) }, conversion,
      FigureColumn(Table.Column("unfinished", priority: 1)) { .integer($0.unfinished) }, median,
    ]
  }

  /// The count at each step. The first and last steps say most; those between give way from the right.
  private var stepColumns: Columns {
    let rows = total.figures.rows
    return rows.indices.map { index in
      let priority = index == 0 || index == rows.count - 1 ? 1 : 2
      return FigureColumn(Table.Column(rows[index].name, priority: priority)) { .integer($0.rows[index].count) }
    }
  }

  private func stepTable(_ unit: String) -> Table {
    Table(title: "steps", columns: Self.stepTableColumns(unit), rows: Self.stepRows(total.figures))
  }

  private static func stepTableColumns(_ unit: String) -> [Table.Column] {
    [
      Table.Column("step", holdsSteps: true), Table.Column(unit),
      Table.Column("of first", isBar: true, showsLoss: true, isRate: true),
      Table.Column("of previous", isRate: true, priority: 2), Table.Column("lost", priority: 1),
      Table.Column("median from previous", isDuration: true, priority: 3),
    ]
  }

  private static func stepRows(_ figures: FunnelFigures) -> [[Cell]] {
    var rows: [[Cell]] = []
    var previous: Int?
    for row in figures.rows {
      rows.append([
        .text(row.name),
        .integer(row.count),
        // All of those who entered did: that is no finding.
        rows.isEmpty ? .quotient(row.count, figures.entered) : .rate(row.count, figures.entered),
        previous.map { .rate(row.count, $0) } ?? .missing,
        row.lost.map(Cell.integer) ?? .missing,
        .time(row.medianFromPrevious),
      ])
      if !row.isOptional { previous = row.count }
    }
    return rows
  }

  /// A row per period and step; people see both periods side by side. The difference is in percentage points of the share of the first
  /// step.
  private func comparisonTable(_ query: FunnelQuery) -> Table? {
    guard let versus else { return nil }
    let now = query.scope.during?.label(in: query.scope.zone) ?? "now"
    let then = query.split.versus?.label(in: query.scope.zone) ?? "before"
    let rows = zip(total.figures.rows, versus.rows).map { row, before -> [Cell] in
      let shares = (
        Cell.rate(row.count, total.figures.entered), Cell.rate(before.count, versus.entered)
      )
      var difference = Cell.missing
      if let one = shares.0.share, let other = shares.1.share { difference = .number((one - other) * 100) }
      return [.text(row.name), .integer(row.count), .integer(before.count), shares.0, shares.1, difference]
    }
    let matrix = Matrix(
      columns: [
        Table.Column("step"), Table.Column(now, priority: 1), Table.Column(then, priority: 1),
        Table.Column("of first, \(now)"), Table.Column("of first, \(then)"),
        Table.Column("difference in points"),
      ], rows: rows)
    return Table(
      title: "\(now) vs \(then)",
      columns: [
        Table.Column("dates"), Table.Column("step", holdsSteps: true), Table.Column(query.counting.rawValue),
        Table.Column("of first", isRate: true),
        Table.Column("difference in points"),
      ],
      rows: rows.map { [.text(now), $0[0], $0[1], $0[3], $0[5]] }
        + rows.map { [.text(then), $0[0], $0[2], $0[4], .missing] },
      picture: .matrix(matrix))
  }

  // MARK: notes

  private func notes(_ query: FunnelQuery) -> [String] {
    let notes = [
      AnswerNotes.entered(total.figures.entered, of: basis, query), total.figures.openNote("not converted"),
      versus?.openNote("in the second period not converted"),
    ]
    return notes.compactMap { $0 }
      + AnswerNotes.leftOut(query.scope, filter: AnswerNotes.ofEveryStep, during: "first steps")
  }
}

extension FunnelFigures {
  fileprivate var conversionCell: Cell { .rate(converted, entered) }

  /// How many did not convert, where some of them still may.
  fileprivate func openNote(_ words: String) -> String? {
    guard unfinished > 0 else { return nil }
    let open = HumanText.integer(entered - converted)
    return "\(words): \(open), of these \(HumanText.integer(unfinished)) still have time"
  }
}

extension FunnelRow {
  /// As the path writes it.
  fileprivate var name: String { isOptional ? label + "?" : label }
}

extension AnswerNotes {
  /// Who entered a funnel, out of whom, and when.
  static func entered(_ entered: Int, of basis: Basis, _ query: FunnelQuery) -> String {
    let people = count(basis.people, "customer", "customers")
    let dates = basis.dates(query.scope, bounding: "starting in ")
    return query.counting == .customers
      ? "counted: \(HumanText.integer(entered)) of \(people) took the first step\(dates)"
      : "counted: \(HumanText.integer(entered)) \(query.counting.rawValue) of \(people)\(dates)"
  }
}
