import JourneyQuery

extension PeopleQuery: AnsweredQuery {
  package func answer(_ report: PeopleReport) -> Answer { report.answer(to: self) }
}

extension PeopleReport {
  /// A row per person: customer, steps reached or stages seen, first and last instant of the reported chain or of the trace. Figure:
  /// customers.
  func answer(to query: PeopleQuery) -> Answer {
    let (unit, meaning, last) = Self.words(query.source)
    return Answer(
      tables: [
        Table(
          columns: [
            Table.Column("customer"), Table.Column(unit, priority: 1), Table.Column("entered"),
            Table.Column(last, priority: 2),
          ],
          rows: people.map {
            [.text($0.customer), .integer($0.depth), .instant($0.entered), .instant($0.last)]
          }, sortableRows: people.count)
      ],
      notes: [
        "\(HumanText.integer(people.count)) \(AnswerNotes.customers(people.count)); \(unit): \(meaning)"
      ],
      figures: [Answer.Figure("customers", .integer(people.count))])
  }

  /// What is counted of each, what that means, and what the last of it is called.
  private static func words(_ source: PeopleQuery.Source) -> (unit: String, meaning: String, last: String) {
    switch source {
    case .funnel(let funnel, _):
      let steps = funnel.order == .any ? funnel.path.steps.count : funnel.requiredSteps
      return ("steps", "how many of \(steps) each reached", "last step")
    case .conform(let conform, _):
      return ("stages", "at how many of \(conform.stages.count) each was seen", "last seen")
    }
  }
}
