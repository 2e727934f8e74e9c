import JourneyQuery

extension DropoffQuery: AnsweredQuery {
  package func answer(_ report: DropoffReport) -> Answer { report.answer(to: self) }
}

extension DropoffReport {
  /// A row per step, then for each step a table of next events, those lost beside those who went on. Figures only where
  /// the answer is about one step: share (lost, of those who reached it), lost, what is counted, unfinished.
  func answer(to query: DropoffQuery) -> Answer {
    let unit = query.funnel.counting.rawValue
    let tables = [stepTable(unit)] + steps.filter { !$0.next.isEmpty }.map { Self.nextTable($0, query) }
    return Answer(
      tables: tables, notes: notes(query.funnel), warnings: AnswerNotes.few(in: tables), figures: figures(unit))
  }

  private func figures(_ unit: String) -> [Answer.Figure] {
    guard let step = steps.first, steps.count == 1 else { return [] }
    return [
      Answer.Figure("share", .rate(step.lost, step.reached)), Answer.Figure("lost", .integer(step.lost)),
      Answer.Figure(unit, .integer(step.reached)), Answer.Figure("unfinished", .integer(step.unfinished)),
    ]
  }

  private func stepTable(_ unit: String) -> Table {
    let rows = steps.map { step -> [Cell] in
      [
        .text(step.label), .integer(step.reached), .integer(step.lost), .rate(step.lost, step.reached),
        .integer(step.unfinished),
      ]
    }
    return Table(
      title: "lost",
      columns: [
        Table.Column("step", holdsSteps: true), Table.Column(unit), Table.Column("lost"),
        Table.Column("share", isBar: true, isRate: true),
        Table.Column("still have time", priority: 1),
      ], rows: rows, sortableRows: rows.count)
  }

  /// Titled by the step's number, too: a step may occur twice.
  private static func nextTable(_ step: DropoffStep, _ query: DropoffQuery) -> Table {
    let rows = step.next.map { next -> [Cell] in
      [
        .text(next.name.label), .integer(next.lost),
        .rate(next.lost, step.lost), .integer(next.wentOn), .rate(next.wentOn, step.wentOn),
      ]
    }
    return Table(
      title: query.funnel.order == .any ? "after \(step.label)" : "after step \(step.index + 1), \(step.label)",
      columns: nextColumns, rows: rows,
      sortableRows: step.next.prefix { if case .event = $0.name { true } else { false } }.count)
  }

  private static let nextColumns = [
    Table.Column("next event"), Table.Column("lost", priority: 1),
    Table.Column("of lost", isBar: true, isRate: true),
    Table.Column("went on", priority: 1), Table.Column("of went on", isBar: true, isRate: true),
  ]

  /// Columns of the tables of next events, which stand only where there are some.
  package static var nextColumnNames: [String] { nextColumns.map(\.name) }

  private func notes(_ query: FunnelQuery) -> [String] {
    [AnswerNotes.entered(entered, of: basis, query)]
      + AnswerNotes.leftOut(query.scope, filter: AnswerNotes.ofEveryStep, during: "first steps")
  }
}

extension NextEvent.Name {
  fileprivate var label: String {
    switch self {
    case .event(let name): Mark.beside(name)
    case .other: Mark.other
    case .none: Mark.none
    }
  }
}
