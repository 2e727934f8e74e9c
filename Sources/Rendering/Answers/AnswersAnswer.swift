import JourneyQuery

extension AnswersQuery: AnsweredQuery {
  /// A row per answer: time, customer, then the query's properties. Figures: answers, customers.
  package func answer(_ report: ListReport) -> Answer {
    let columns =
      [Table.Column("time"), Table.Column("customer", priority: 1)]
      + list.properties.map { Table.Column($0, isWhole: $0 == "comment") }
    let rows = report.listed.map { answer -> [Cell] in
      [.instant(answer.instant), answer.customer.isEmpty ? .missing : .text(answer.customer)]
        + answer.values.map { $0?.cell ?? .missing }
    }
    let all = AnswerNotes.count(report.total.events, "answer", "answers")
    let listed = report.listed.count < report.total.events ? "\(HumanText.integer(report.listed.count)) of \(all)" : all
    return Answer(
      tables: [Table(columns: columns, rows: rows)],
      notes: ["listed: \(listed)\(report.basis.dates(scope))"]
        + AnswerNotes.leftOut(scope, filter: "answers that fail 'where'", during: "answers"),
      figures: [
        Answer.Figure("answers", .integer(report.total.events)),
        Answer.Figure("customers", .integer(report.total.customers)),
      ])
  }
}
