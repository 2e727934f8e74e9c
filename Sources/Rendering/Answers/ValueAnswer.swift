import JourneyQuery

extension ValueQuery: AnsweredQuery {
  package func answer(_ report: ValueReport) -> Answer { report.answer(to: self) }
}

extension ValueReport {
  /// The figures, by group and calendar unit as asked. Figures: total, customers or events, mean, median, p90; of events min and
  /// max, too.
  ///
  /// - Parameter spend: what channels cost, which stands beside what they bring.
  package func answer(to query: ValueQuery, spend: Spend? = nil) -> Answer {
    let tables = CutTables(cut: self, scope: query.scope, split: query.split)
    let total = FigureColumn<ValueFigures>(Table.Column("total")) { .number($0.total) }
    let counted: [FigureColumn<ValueFigures>] = [
      FigureColumn(Table.Column(query.counting.rawValue)) { .integer($0.counted) }, total,
    ]
    // A share of a sum means something only where nothing is negative.
    let share = FigureColumn<ValueFigures>(Table.Column("share", isBar: true, priority: 1)) { [isPositive] in
      isPositive ? .share($0.total / $1.total) : .missing
    }
    var each: [FigureColumn<ValueFigures>] = [
      FigureColumn(Table.Column("mean")) { .number($0.mean) },
      FigureColumn(Table.Column("median")) { .number($0.median) },
      FigureColumn(Table.Column("p90")) { .number($0.p90) },
    ]
    if query.counting == .events {
      each.insert(FigureColumn(Table.Column("min", priority: 1)) { .number($0.least) }, at: 1)
      each.append(FigureColumn(Table.Column("max", priority: 1)) { .number($0.most) })
    }
    let whole = self.total.figures
    let counts = [
      Answer.Figure("total", .number(whole.total)), Answer.Figure(query.counting.rawValue, .integer(whole.counted)),
    ]
    var shown = tables.all(uncut: counted + each, cut: counted + [share] + each, drawn: total)
    let costs = ChannelCosts(spend, in: self, to: query)
    for index in shown.indices { costs?.stand(beside: &shown[index]) }
    return Answer(
      tables: shown, notes: notes(query) + tables.notes + (costs?.notes ?? []),
      figures: counts + each.map { Answer.Figure($0.column.name, $0.cell(whole, whole)) })
  }

  private var isPositive: Bool {
    let parts = groups.flatMap { [$0.figures] + $0.periods } + total.periods
    return total.figures.total > 0 && parts.allSatisfy { $0.total >= 0 }
  }

  private func notes(_ query: ValueQuery) -> [String] {
    let isOfEvents = query.counting == .events
    let counted = AnswerNotes.count(
      total.figures.counted, isOfEvents ? "event" : "customer", isOfEvents ? "events" : "customers")
    let dates = basis.dates(query.scope) + (isOfEvents ? "" : ", each by the sum of theirs")
    return ["counted: \(counted) with \(query.property)\(dates)"]
      + AnswerNotes.leftOut(
        query.scope, filter: "events that fail 'where' with their \(query.property)",
        more: ["events without \(query.property)"])
  }
}

extension Cell {
  /// Missing where there is no number.
  fileprivate static func number(_ value: Double?) -> Cell { value.map { Cell.number($0) } ?? .missing }
}
