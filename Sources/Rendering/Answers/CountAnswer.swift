import JourneyQuery

extension CountQuery: AnsweredQuery {
  package func answer(_ report: CountReport) -> Answer { report.answer(to: self) }
}

extension CountReport {
  /// The figures, by group and calendar unit as asked. Figures: events, customers.
  func answer(to query: CountQuery) -> Answer {
    let tables = CutTables(cut: self, scope: query.scope, split: query.split)
    let events = FigureColumn<CountFigures>(Table.Column("events")) { .integer($0.events) }
    let customers = FigureColumn<CountFigures>(Table.Column("customers")) { .integer($0.customers) }
    let share = FigureColumn<CountFigures>(Table.Column("share", isBar: true, priority: 1)) {
      .quotient($0.events, $1.events)
    }
    return Answer(
      tables: tables.all(uncut: [events, customers], cut: [events, share, customers], drawn: events),
      notes: notes(query) + tables.notes,
      figures: [
        Answer.Figure("events", .integer(total.figures.events)),
        Answer.Figure("customers", .integer(total.figures.customers)),
      ])
  }

  private func notes(_ query: CountQuery) -> [String] {
    let what = query.step.map { "events of \($0.label)" } ?? "events"
    return ["counted: \(what)\(basis.dates(query.scope))"] + AnswerNotes.leftOut(query.scope)
  }
}
