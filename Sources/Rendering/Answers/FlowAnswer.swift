import JourneyQuery

extension FlowQuery: AnsweredQuery {
  package func answer(_ report: FlowReport) -> Answer { report.answer(to: self) }
}

extension FlowReport {
  /// Two tables: `transitions`, and `steps` with how many journeys start and end there. Figures: times, transitions, customers.
  func answer(to query: FlowQuery) -> Answer {
    Answer(
      tables: [transitionTable, stepTable], notes: notes(query),
      figures: [
        Answer.Figure("times", .integer(times)), Answer.Figure("transitions", .integer(distinct)),
        Answer.Figure("customers", .integer(customers)),
      ])
  }

  private var transitionTable: Table {
    Table(
      title: "transitions",
      columns: [
        Table.Column("from"), Table.Column("to"), Table.Column("times"),
        Table.Column("share", isBar: true, priority: 2), Table.Column("customers", priority: 1),
        Table.Column("median time", isDuration: true, priority: 1),
      ],
      rows: transitions.map { transition in
        [
          .text(transition.from), .text(transition.to), .integer(transition.times),
          .quotient(transition.times, times), .integer(transition.customers), .duration(transition.median),
        ]
      }, picture: arcs)
  }

  private var arcs: Picture {
    var places: [String: Int] = [:]
    for (place, step) in steps.enumerated() { places[step.name] = place }
    return .arcs(
      Arcs(
        nodes: steps.map { Arcs.Node($0.name, times: $0.events, ends: $0.ends) },
        arcs: transitions.compactMap { transition in
          guard let from = places[transition.from], let to = places[transition.to] else { return nil }
          return Arcs.Arc(
            from: from, to: to, times: transition.times, customers: transition.customers,
            median: .duration(transition.median))
        }, isPartial: distinct > transitions.count))
  }

  private var stepTable: Table {
    Table(
      title: "steps",
      columns: [
        Table.Column("step"), Table.Column("events"), Table.Column("starts"), Table.Column("ends"),
      ],
      rows: steps.map { [.text($0.name), .integer($0.events), .integer($0.starts), .integer($0.ends)] })
  }

  private func notes(_ query: FlowQuery) -> [String] {
    let people = AnswerNotes.count(basis.people, "customer", "customers")
    var notes = [
      "counted: \(AnswerNotes.count(times, "transition", "transitions")) between events of "
        + "\(HumanText.integer(customers)) of \(people)\(basis.dates(query.scope))"
    ]
    if distinct > transitions.count {
      let rest = times - transitions.reduce(0) { $0 + $1.times }
      notes.append(
        "not shown: \(AnswerNotes.count(distinct - transitions.count, "rarer transition", "rarer transitions")), taken "
          + AnswerNotes.count(rest, "time", "times"))
    }
    return notes + AnswerNotes.leftOut(query.scope, during: "events")
  }
}
