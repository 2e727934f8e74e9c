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
    let costs = ChannelCosts(spend, in: self, to: query)
    let costed = costs?.beside(self) ?? map { CostedFigures($0) }
    let tables = CutTables(cut: costed, scope: query.scope, split: query.split)
    let total = FigureColumn<CostedFigures>(Table.Column("total")) { .number($0.value.total) }
    let counted: [FigureColumn<CostedFigures>] = [
      FigureColumn(Table.Column(query.counting.rawValue)) { .integer($0.value.counted) }, total,
    ]
    // A share of a sum means something only where nothing is negative.
    let share = FigureColumn<CostedFigures>(Table.Column("share", isBar: true, priority: 1)) { [isPositive] in
      isPositive ? .share($0.value.total / $1.value.total) : .missing
    }
    let (each, paid) = (Self.columns(of: query.counting), costs?.columns ?? [])
    return Answer(
      tables: tables.all(
        uncut: counted + each + paid, cut: counted + [share] + each + paid, drawn: total, beside: Array(paid.prefix(2))),
      notes: notes(query) + tables.notes + (costs?.notes ?? ChannelCosts.notes(without: spend, query)),
      figures: (counted.reversed() + each).map { column in
        Answer.Figure(column.column.name, column.cell(costed.total.figures, costed.total.figures))
      })
  }

  /// What is told of the values by themselves.
  private static func columns(of counting: ValueQuery.Counting) -> CutTables<CostedFigures>.Columns {
    var columns: [FigureColumn<CostedFigures>] = [
      FigureColumn(Table.Column("mean")) { .number($0.value.mean) },
      FigureColumn(Table.Column("median")) { .number($0.value.median) },
      FigureColumn(Table.Column("p90")) { .number($0.value.p90) },
    ]
    if counting == .events {
      columns.insert(FigureColumn(Table.Column("min", priority: 1)) { .number($0.value.least) }, at: 1)
      columns.append(FigureColumn(Table.Column("max", priority: 1)) { .number($0.value.most) })
    }
    return columns
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
