import JourneyQuery
import JourneyTime

extension DropoffReport {
  /// A row per step, then for each step a table of next events, those lost beside those who went on. Figures only where
  /// the answer is about one step: share (lost, of those who reached it), lost, what is counted, unfinished.
  ///
  /// `sentence` is the canonical sentence of the question.
  package func answer(to query: DropoffQuery, asked sentence: String) -> Answer {
    let names = FunnelWords(query.funnel)
    return Answer(
      question: sentence,
      tables: [stepTable(names)] + steps.filter { !$0.next.isEmpty }.map { Self.nextTable($0, query) },
      notes: notes(query.funnel, names), warnings: warnings(names), figures: figures(names))
  }

  private func figures(_ names: FunnelWords) -> [Answer.Figure] {
    guard let step = steps.first, steps.count == 1 else { return [] }
    return [
      Answer.Figure("share", .quotient(step.lost, step.reached)), Answer.Figure("lost", .integer(step.lost)),
      Answer.Figure(names.unit, .integer(step.reached)), Answer.Figure("unfinished", .integer(step.unfinished)),
    ]
  }

  private func stepTable(_ names: FunnelWords) -> Table {
    let rows = steps.map { step -> [Cell] in
      [
        .text(step.label), .integer(step.reached), .integer(step.lost), .quotient(step.lost, step.reached),
        .integer(step.unfinished),
      ]
    }
    return Table(
      title: "lost",
      columns: [
        Table.Column("step"), Table.Column(names.unit), Table.Column("lost"), Table.Column("share", isBar: true),
        Table.Column("still have time", priority: 1),
      ], rows: rows)
  }

  /// Titled by the step's number, too: a step may occur twice.
  private static func nextTable(_ step: DropoffStep, _ query: DropoffQuery) -> Table {
    let rows = step.next.map { next -> [Cell] in
      [
        .text(next.isOther ? "(other)" : next.event ?? "(none)"), .integer(next.lost),
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

  private func notes(_ query: FunnelQuery, _ names: FunnelWords) -> [String] {
    let dates =
      query.during.map { ", starting in \($0.label(in: query.zone))" } ?? span.map { ", \($0.days(in: query.zone))" }
    let people = "\(HumanText.integer(peopleAsked)) \(FunnelWords.customers(peopleAsked))"
    let counted =
      query.counting == .customers
      ? "\(HumanText.integer(entered)) of \(people) took the first step"
      : "\(HumanText.integer(entered)) \(names.unit) of \(people)"
    return ["counted: \(counted)\(dates ?? "")"] + names.leftOut(query)
  }

  private func warnings(_ names: FunnelWords) -> [Answer.Warning] {
    let least = 30
    let small = steps.filter { (1..<least).contains($0.lost) }.count
    guard small > 0 else { return [] }
    return [
      Answer.Warning(
        code: "few.customers",
        message: "fewer than \(least) \(names.unit) are lost at \(small == 1 ? "a step" : "\(small) steps"): "
          + "shares of their next events are rough")
    ]
  }
}
