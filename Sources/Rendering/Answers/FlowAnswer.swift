import JourneyQuery

extension FlowQuery: AnsweredQuery {
  package func answer(_ report: FlowReport) -> Answer { report.answer(to: self) }
}

extension FlowReport {
  /// Two tables: `transitions`, by the step they leave, with where journeys end; and `steps` with how many journeys start and end there.
  /// Figures: times, transitions, customers.
  func answer(to query: FlowQuery) -> Answer {
    Answer(
      tables: [transitionTable, stepTable], notes: notes(query),
      figures: [
        Answer.Figure("times", .integer(times)), Answer.Figure("transitions", .integer(distinct)),
        Answer.Figure("customers", .integer(customers)),
      ])
  }

  private var transitionTable: Table {
    let leaving = Dictionary(grouping: transitions, by: \.from)
    let rows = steps.flatMap { Self.rows(from: $0, leaving[$0.name] ?? []) }
    return Table(
      title: "transitions",
      columns: [
        Table.Column("from"), Table.Column("to"), Table.Column("times"),
        Table.Column("of step", isBar: true, priority: 2), Table.Column("customers", priority: 1),
        Table.Column("median time", isDuration: true, priority: 1),
      ], rows: rows, picture: arcs, sortableRows: rows.count)
  }

  /// What is shown of a step's transitions, and that journeys end there, the most frequent first.
  private static func rows(from step: Step, _ leaving: [Transition]) -> [[Cell]] {
    var rows = leaving.map { transition -> (times: Int, cells: [Cell]) in
      (
        transition.times,
        [
          Cell.name(transition.from), .name(transition.to), .integer(transition.times),
          .quotient(transition.times, step.events), .integer(transition.customers), .duration(transition.median),
        ]
      )
    }
    if step.ends > 0 {
      let end: [Cell] = [
        .name(step.name), .text(Mark.end), .integer(step.ends), .quotient(step.ends, step.events), .integer(step.ends),
        .missing,
      ]
      rows.insert((step.ends, end), at: rows.firstIndex { $0.times < step.ends } ?? rows.count)
    }
    return rows.map(\.cells)
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
      rows: steps.map { [.name($0.name), .integer($0.events), .integer($0.starts), .integer($0.ends)] },
      sortableRows: steps.count)
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
          + AnswerNotes.count(rest, "time", "times") + ", \(HumanText.share(Double(rest) / Double(times))) of all")
    }
    return notes + AnswerNotes.leftOut(query.scope, during: "events")
  }
}
