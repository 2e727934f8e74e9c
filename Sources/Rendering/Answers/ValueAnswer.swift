import JourneyQuery

extension ValueQuery: AnsweredQuery {
  package func answer(_ report: ValueReport) -> Answer { report.answer(to: self) }
}

extension ValueReport {
  /// The figures, by group and calendar unit as asked. Figures: total, customers, mean, median, p90.
  func answer(to query: ValueQuery) -> Answer {
    let tables = CutTables(cut: self, scope: query.scope, split: query.split)
    let total = FigureColumn<ValueFigures>(Table.Column("total")) { .number($0.total) }
    let counted: [FigureColumn<ValueFigures>] = [
      FigureColumn(Table.Column("customers")) { .integer($0.customers) }, total,
    ]
    // A share of a sum means something only where nothing is negative.
    let share = FigureColumn<ValueFigures>(Table.Column("share", isBar: true, priority: 1)) { [isPositive] in
      isPositive ? .share($0.total / $1.total) : .missing
    }
    let each: [FigureColumn<ValueFigures>] = [
      FigureColumn(Table.Column("mean")) { .number($0.mean) },
      FigureColumn(Table.Column("median")) { .number($0.median) },
      FigureColumn(Table.Column("p90")) { .number($0.p90) },
    ]
    let whole = self.total.figures
    return Answer(
      tables: tables.all(uncut: counted + each, cut: counted + [share] + each, drawn: total),
      notes: notes(query),
      figures: [
        Answer.Figure("total", .number(whole.total)), Answer.Figure("customers", .integer(whole.customers)),
        Answer.Figure("mean", .number(whole.mean)), Answer.Figure("median", .number(whole.median)),
        Answer.Figure("p90", .number(whole.p90)),
      ])
  }

  private var isPositive: Bool {
    let parts = groups.flatMap { [$0.figures] + $0.periods } + total.periods
    return total.figures.total > 0 && parts.allSatisfy { $0.total >= 0 }
  }

  private func notes(_ query: ValueQuery) -> [String] {
    let customers = AnswerNotes.count(total.figures.customers, "customer", "customers")
    return ["counted: \(customers) with \(query.property)\(basis.dates(query.scope)), each by the sum of theirs"]
      + AnswerNotes.leftOut(query.scope, more: ["events without \(query.property)"])
  }
}

extension Cell {
  /// Missing where there is no number.
  fileprivate static func number(_ value: Double?) -> Cell { value.map { Cell.number($0) } ?? .missing }
}
