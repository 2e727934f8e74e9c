import JourneyQuery

extension ListReport {
  /// Of answers held as events, a row each: time, customer, then the query's properties. Figures: answers, customers.
  package func answersAnswer(to query: ListQuery) -> Answer {
    let columns =
      [Table.Column("time"), Table.Column("customer", priority: 1)]
      + query.properties.map { Table.Column($0, isWhole: $0 == "comment") }
    let rows = self.listed.map { answer -> [Cell] in
      [.instant(answer.instant), answer.customer.isEmpty ? .missing : .text(answer.customer)]
        + answer.values.map { $0?.cell ?? .missing }
    }
    let all = AnswerNotes.count(total.events, "answer", "answers")
    let listed = self.listed.count < total.events ? "\(HumanText.integer(self.listed.count)) of \(all)" : all
    return Answer(
      tables: [Table(columns: columns, rows: rows)],
      notes: ["listed: \(listed)\(basis.dates(query.scope))"]
        + AnswerNotes.leftOut(query.scope, filter: "answers that fail 'where'", during: "answers"),
      figures: [
        Answer.Figure("answers", .integer(total.events)),
        Answer.Figure("customers", .integer(total.customers)),
      ])
  }
}
