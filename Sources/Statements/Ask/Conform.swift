import JourneyQuery
import Language
import Rendering
import SourceText

/// `conform …`: the designed journey against the lived ones.
enum ConformStatement: EventQuestion {
  static let form = Form(
    "conform", in: .ask,
    [
      "conform",
      .clauses([
        .where, .for, .vs, .as,
        .by.taking(
          "One group per value of the property at a customer's first event on the map, the 10 largest; several properties make pairs."
        ),
        .during.taking("Keeps the events in these dates. A range holds its last date whole."),
        .order.taking(
          "Strict: everyone is held against all stages from the first; without it joining late is no deviation.",
          .oneOf(["strict"])),
        .top.taking("How many deviations are listed, the commonest first.", standard: "10"),
      ]),
    ],
    summary: "how well lived journeys fit the designed one, and where not",
    meaning: """
      Designed are the stages of the map in their order; lived are the stages of each customer's events in order of time. \
      A stage that is passed over is skipped; a visit that leads to an earlier stage is back to it, one out of order to a \
      later stage ahead to it. Joining late and leaving early are no deviations. Fitness is 1 for a journey as designed, and \
      less the more visits and skipped stages do not fit. Beside each deviation stands how many of these customers were \
      seen at the last stage, and how many others who came past the same stage without it. Touchpoints have the emotion that \
      was planned and the one that answers of surveys tell, and the median time from a customer's first event there to the \
      first one after it at a later stage. people $x skipped STAGE, back \
      to STAGE and ahead to STAGE list who they are.
      """,
    examples: [
      "conform",
      "conform during 2025-03 for device = phone top 5",
      "conform order strict by device",
    ])

  static func query(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> ConformQuery {
    var query = try resolver.design(at: complete.span)
    query.isStrict = complete.clauses[.order]?.asWord == "strict"
    query.top = try complete.needed(\.top)
    query.scope = try resolver.scope(complete)
    query.split.breakdown = try resolver.breakdown(complete, top: 10)
    query.split.versus = try resolver.versus(complete.clauses)
    return query
  }

  /// With what customers felt at touchpoints, as the map shows it.
  static func telling(
    _ canonical: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> @Sendable (ConformQuery, ConformReport) -> Answer {
    let emotions = try session.emotions(resolver, with: canonical.clauses)
    return { query, report in report.answer(to: query, emotions: emotions) }
  }

  static func rules(of canonical: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> [String] {
    let query = try query(canonical, resolver)
    let order = query.stages.map { $0.label.writtenAsName() }.joined(separator: " -> ")
    return [
      "Designed: \(order).",
      query.isStrict
        ? "Everyone is held against the stages from the first to their furthest."
        : "Everyone is held against the stages from their earliest to their furthest in this order.",
      "As many visits as can be are matched with them, of equally good ways the one at the earliest visits.",
      "A stage that is not matched is skipped; a visit that is not matched leads back or ahead from the one before.",
      "Fitness is 1 less the number of both divided by that of all visits and all stages held against; of all, the mean over customers.",
    ]
  }
}

extension Resolver {
  /// The order of the stages of the active map. Throws where there is nothing that could be seen: no map, no stage, no events, no event that
  /// realises a stage.
  fileprivate func design(at span: Range<Int>) throws(Diagnostic) -> ConformQuery {
    guard let map = vocabulary.map else { throw .noMap(at: span) }
    guard !map.all(.stage).isEmpty else { throw .noStages(of: map, at: span) }
    guard !vocabulary.events.isEmpty else { throw .noEvents(at: span) }
    let realised = try RealisedMap(map, in: self, at: span)
    guard !realised.stages.isEmpty else {
      let touchpoint = (realised.touchpoints.first?.element.name ?? "NAME").writtenAsName()
      let event = vocabulary.events.first?.writtenAsName() ?? "EVENT"
      throw Diagnostic(
        .stageUnrealised, "no event of the store realises a stage of map '\(map.name)'", at: span,
        hint: realised.touchpoints.isEmpty ? "add touchpoint NAME to STAGE" : "link \(touchpoint) to \(event)")
    }
    return ConformQuery(
      stages: realised.stages, unmeasured: realised.unrealised,
      touchpoints: realised.touchpoints.map { touchpoint in
        ConformQuery.Touchpoint(
          step: touchpoint.step ?? Step(label: touchpoint.element.name, alternatives: []), stage: touchpoint.stage,
          emotion: touchpoint.element.scale(.emotion))
      })
  }
}

extension ConformQuery {
  /// The index of a stage that is named; throws where the map has none of this name, or no event realises it.
  func stage(_ name: NameSyntax) throws(Diagnostic) -> Int {
    if let stage = stages.firstIndex(where: { $0.label == name.text }) { return stage }
    guard !unmeasured.contains(name.text) else {
      throw Diagnostic(
        .stageUnrealised, "no event of the store realises stage '\(name.text)', so nobody can be seen there",
        at: name.span, hint: stages.map { $0.label.writtenAsName() }.joined(separator: ", "))
    }
    let names = stages.map(\.label)
    let near = nearest(to: name.text, among: names).map { [$0] } ?? names
    throw Diagnostic(
      .stageUnknown, "no stage is called '\(name.text)'", at: name.span,
      hint: near.map { $0.writtenAsName() }.joined(separator: ", "))
  }

  /// The index of the stage before an extra visit, as the answer names it: nil for `(start)`.
  func origin(_ name: NameSyntax) throws(Diagnostic) -> Int? {
    if name.text == Self.start, !stages.contains(where: { $0.label == name.text }) { return nil }
    return try stage(name)
  }
}

extension DiagnosticCode {
  package static let stageUnrealised = DiagnosticCode(
    "stage.unrealised",
    "No event of the store realises a touchpoint of the stage, so nobody can be seen there; link TOUCHPOINT to EVENT does."
  )
}
