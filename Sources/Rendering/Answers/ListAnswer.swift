import JourneyQuery

extension ListQuery: AnsweredQuery {
  package func answer(_ report: ListReport) -> Answer { report.answer(to: self) }
}

extension ListReport {
  /// A row per event: customer, time, event, the query's properties. Figures: events, customers.
  func answer(to query: ListQuery) -> Answer {
    let own = ["customer", "time", "event"]
    // A property that has the name of one of them is called as statements may call it.
    let properties = query.properties.enumerated().map { place, name in
      Table.Column(own.contains(name) ? "event.\(name)" : name, priority: place + 1)
    }
    let columns = own.map { Table.Column($0) } + properties
    let rows = listed.map { event -> [Cell] in
      [.text(event.customer), .instant(event.instant), .text(event.name)] + event.values.map { $0?.cell ?? .missing }
    }
    let all = AnswerNotes.count(total.events, "event", "events")
    let listed = self.listed.count < total.events ? "\(HumanText.integer(self.listed.count)) of \(all)" : all
    let people = AnswerNotes.count(total.customers, "customer", "customers")
    return Answer(
      tables: [Table(columns: columns, rows: rows)],
      notes: ["listed: \(listed) of \(people)\(basis.dates(query.scope))"]
        + AnswerNotes.leftOut(query.scope, during: "events"),
      figures: [
        Answer.Figure("events", .integer(total.events)), Answer.Figure("customers", .integer(total.customers)),
      ])
  }
}
