import JourneyQuery

extension PeopleQuery: AnsweredQuery {
  package func answer(_ report: PeopleReport) -> Answer { report.answer(to: self) }
}

extension PeopleReport {
  /// A row per person: customer, steps reached, first and last instant of the reported chain. Figure: customers.
  func answer(to query: PeopleQuery) -> Answer {
    let steps = query.funnel.order == .any ? query.funnel.path.steps.count : query.funnel.requiredSteps
    return Answer(
      tables: [
        Table(
          columns: [
            Table.Column("customer"), Table.Column("steps", priority: 1), Table.Column("entered"),
            Table.Column("last step", priority: 2),
          ],
          rows: people.map {
            [.text($0.customer), .integer($0.depth), .instant($0.entered), .instant($0.last)]
          }, sortableRows: people.count)
      ],
      notes: [
        "\(HumanText.integer(people.count)) \(AnswerNotes.customers(people.count)); steps: how many of \(steps) each reached"
      ],
      figures: [Answer.Figure("customers", .integer(people.count))])
  }
}
