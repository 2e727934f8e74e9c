import JourneyQuery

extension CustomersQuery: AnsweredQuery {
  /// A row per customer: the id, then the query's properties. Figures: customers.
  package func answer(_ report: ListReport) -> Answer {
    let columns = list.properties.enumerated().map { place, name in
      Table.Column(name.hasPrefix("customer.") ? String(name.dropFirst(9)) : name, priority: place)
    }
    let rows = report.listed.map { person -> [Cell] in
      [.text(person.customer)] + person.values.map { $0?.cell ?? .missing }
    }
    let all = AnswerNotes.count(report.total.events, "customer", "customers")
    let listed = rows.count < report.total.events ? "\(HumanText.integer(rows.count)) of \(all)" : all
    return Answer(
      tables: [Table(columns: [Table.Column("customer")] + columns, rows: rows)],
      notes: ["listed: \(listed)"] + AnswerNotes.leftOut(scope, filter: "customers that fail 'where'"),
      figures: [Answer.Figure("customers", .integer(report.total.events))])
  }
}
