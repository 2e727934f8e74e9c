import JourneyQuery

extension LoopsQuery: AnsweredQuery {
  package func answer(_ report: LoopsReport) -> Answer { report.answer(to: self) }
}

extension LoopsReport {
  /// A table with a row per pair, the rest as `(other)`; with a breakdown another with such rows for each group. Figures: times,
  /// customers, pairs.
  func answer(to query: LoopsQuery) -> Answer {
    var tables = [table(of: [total], keys: [])]
    if let breakdown = query.breakdown {
      tables[0].title = "returns"
      var groups = table(of: groups, keys: breakdown.names)
      groups.title = "by " + breakdown.names.joined(separator: ", ")
      tables.append(groups)
    }
    return Answer(
      tables: tables, notes: notes(query),
      figures: [
        Answer.Figure("times", .integer(total.figures.times)),
        Answer.Figure("customers", .integer(total.figures.customers)),
        Answer.Figure("pairs", .integer(total.figures.distinct)),
      ])
  }

  /// Shares are of a group's returns.
  private func table(of groups: [Slice<LoopsFigures>], keys: [String]) -> Table {
    let columns =
      keys.map { Table.Column($0) } + [
        Table.Column("from"), Table.Column("back to"), Table.Column("times"),
        Table.Column("share", isBar: true, priority: 1), Table.Column("customers"),
      ]
    let rows = groups.flatMap { group -> [[Cell]] in
      let (key, group) = (group.key.cells(count: keys.count), group.figures)
      var rows = group.pairs.map { pair -> [Cell] in
        key + [
          .text(pair.from), .text(pair.to), .integer(pair.times), .quotient(pair.times, group.times),
          .integer(pair.customers),
        ]
      }
      if group.otherTimes > 0 {
        rows.append(
          key + [
            .text(Mark.other), .missing, .integer(group.otherTimes), .quotient(group.otherTimes, group.times),
            .integer(group.otherCustomers),
          ])
      }
      return rows
    }
    // By group, each has its own rest among the rows.
    return Table(
      columns: columns, rows: rows, sortableRows: keys.isEmpty ? groups.reduce(0) { $0 + $1.figures.pairs.count } : nil)
  }

  private func notes(_ query: LoopsQuery) -> [String] {
    let target =
      switch query.rule {
      case .toEarlier: "an earlier stage"
      case .toTaken: "a step already taken"
      case .toStep(let step): step.label
      }
    let whole = total.figures
    let people = AnswerNotes.count(basis.people, "customer", "customers")
    var notes = [
      "counted: \(AnswerNotes.count(whole.times, "return", "returns")) to \(target), by "
        + "\(HumanText.integer(whole.customers)) of \(people)\(basis.dates(query.scope))"
    ]
    if whole.distinct > whole.pairs.count {
      notes.append("other: \(AnswerNotes.count(whole.distinct - whole.pairs.count, "more pair", "more pairs"))")
    }
    return notes
      + AnswerNotes.leftOut(
        query.scope, during: "events", more: query.rule == .toEarlier ? ["events on no stage"] : [])
  }
}
