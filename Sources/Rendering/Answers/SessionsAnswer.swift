import JourneyQuery

extension SessionsQuery: AnsweredQuery {
  package func answer(_ report: SessionsReport) -> Answer { report.answer(to: self) }
}

extension SessionsReport {
  /// The figures, by group and calendar unit as asked. Figures: sessions, customers, events, events per session, median and
  /// mean (of the length), bounce rate.
  func answer(to query: SessionsQuery) -> Answer {
    let tables = CutTables(cut: self, scope: query.scope, split: query.split)
    let sessions = FigureColumn<SessionsFigures>(Table.Column("sessions")) { .integer($0.sessions) }
    let columns: [FigureColumn<SessionsFigures>] = [
      sessions,
      FigureColumn(Table.Column("customers", priority: 1)) { .integer($0.customers) },
      FigureColumn(Table.Column("events per session")) { $0.eventsPerSession },
      FigureColumn(Table.Column("median length", isDuration: true)) { .time($0.medianLength) },
      FigureColumn(Table.Column("mean length", isDuration: true, priority: 2)) { .time($0.meanLength) },
      FigureColumn(Table.Column("bounce rate")) { .quotient($0.bounces, $0.sessions) },
    ]
    let whole = total.figures
    return Answer(
      tables: tables.all(uncut: columns, cut: columns, drawn: sessions), notes: notes(query) + tables.notes,
      figures: [
        Answer.Figure("sessions", .integer(whole.sessions)), Answer.Figure("customers", .integer(whole.customers)),
        Answer.Figure("events", .integer(whole.events)), Answer.Figure("events per session", whole.eventsPerSession),
        Answer.Figure("median", .time(whole.medianLength), isDuration: true),
        Answer.Figure("mean", .time(whole.meanLength), isDuration: true),
        Answer.Figure("bounce rate", .quotient(whole.bounces, whole.sessions)),
      ])
  }

  private func notes(_ query: SessionsQuery) -> [String] {
    let sessions = AnswerNotes.count(total.figures.sessions, "session", "sessions")
    let customers = AnswerNotes.count(total.figures.customers, "customer", "customers")
    return ["counted: \(sessions) of \(customers)\(basis.dates(query.scope))"]
      + AnswerNotes.leftOut(query.scope, filter: "events that fail 'where', once sessions were cut")
  }
}

extension SessionsFigures {
  fileprivate var eventsPerSession: Cell { sessions > 0 ? .number(Double(events) / Double(sessions)) : .missing }
}
