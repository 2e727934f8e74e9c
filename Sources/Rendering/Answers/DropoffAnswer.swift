import JourneyQuery

extension DropoffQuery: AnsweredQuery {
  package func answer(_ report: DropoffReport) -> Answer { report.answer(to: self) }
}

extension DropoffReport {
  /// A row per step, then for each step a table of next events, those lost beside those who went on. Figures only where
  /// the answer is about one step: share (lost, of those who reached it), lost, what is counted, unfinished.
  func answer(to query: DropoffQuery) -> Answer {
    let unit = query.funnel.counting.rawValue
    return Answer(
      tables: [stepTable(unit)] + steps.filter { !$0.next.isEmpty }.map { Self.nextTable($0, query) },
      notes: notes(query.funnel), warnings: warnings(unit), figures: figures(unit))
  }

  private func figures(_ unit: String) -> [Answer.Figure] {
    guard let step = steps.first, steps.count == 1 else { return [] }
    return [
      Answer.Figure("share", .quotient(step.lost, step.reached)), Answer.Figure("lost", .integer(step.lost)),
      Answer.Figure(unit, .integer(step.reached)), Answer.Figure("unfinished", .integer(step.unfinished)),
    ]
  }

  private func stepTable(_ unit: String) -> Table {
    let rows = steps.map { step -> [Cell] in
      [
        .text(step.label), .integer(step.reached), .integer(step.lost), .quotient(step.lost, step.reached),
        .integer(step.unfinished),
      ]
    }
    return Table(
      title: "lost",
      columns: [
        Table.Column("step", holdsSteps: true), Table.Column(unit), Table.Column("lost"),
        Table.Column("share", isBar: true),
        Table.Column("still have time", priority: 1),
      ], rows: rows)
  }

  /// Titled by the step's number, too: a step may occur twice.
  private static func nextTable(_ step: DropoffStep, _ query: DropoffQuery) -> Table {
    let rows = step.next.map { next -> [Cell] in
      [
        .text(next.name.label), .integer(next.lost),
        .quotient(next.lost, step.lost), .integer(next.wentOn), .quotient(next.wentOn, step.wentOn),
      ]
    }
    return Table(
      title: query.funnel.order == .any ? "after \(step.label)" : "after step \(step.index + 1), \(step.label)",
      columns: [
        Table.Column("next event"), Table.Column("lost", priority: 1), Table.Column("of lost", isBar: true),
        Table.Column("went on", priority: 1), Table.Column("of went on", isBar: true),
      ], rows: rows)
  }

  private func notes(_ query: FunnelQuery) -> [String] {
    [AnswerNotes.entered(entered, of: basis, query)] + AnswerNotes.leftOut(query.scope, during: "first steps")
  }

  private func warnings(_ unit: String) -> [Answer.Warning] {
    let small = steps.count { AnswerNotes.isFew($0.lost) }
    guard small > 0 else { return [] }
    return [
      Answer.Warning(
        code: .fewCustomers,
        message:
          "fewer than \(AnswerNotes.leastCounted) \(unit) are lost at \(small == 1 ? "a step" : "\(small) steps"): "
          + "shares of their next events are rough")
    ]
  }
}

extension NextEvent.Name {
  fileprivate var label: String {
    switch self {
    case .event(let name): Mark.beside(name)
    case .other: Mark.other
    case .none: Mark.none
    }
  }
}
