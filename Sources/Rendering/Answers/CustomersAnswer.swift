import JourneyQuery

extension ListReport {
  /// Of customers held as an event each, a row each: the id, then the query's properties. Figures: customers.
  package func customersAnswer(to query: ListQuery) -> Answer {
    let columns = query.properties.enumerated().map { place, name in
      Table.Column(name.hasPrefix("customer.") ? String(name.dropFirst(9)) : name, priority: place)
    }
    let rows = self.listed.map { person -> [Cell] in
      [.text(person.customer)] + person.values.map { $0?.cell ?? .missing }
    }
    let all = AnswerNotes.count(total.events, "customer", "customers")
    let listed = rows.count < total.events ? "\(HumanText.integer(rows.count)) of \(all)" : all
    return Answer(
      tables: [Table(columns: [Table.Column("customer")] + columns, rows: rows)],
      notes: ["listed: \(listed)"] + AnswerNotes.leftOut(query.scope, filter: "customers that fail 'where'"),
      figures: [Answer.Figure("customers", .integer(total.events))])
  }
}
