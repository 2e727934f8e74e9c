import JourneyQuery
import Language
import Rendering
import SourceText
import Workspace

/// `attribute GOAL to PROPERTY …`: what leads customers to a goal.
enum AttributeStatement: EventQuestion {
  static let form = Form(
    "attribute", in: .ask,
    [
      "attribute", .slot("goal", .one), "to", .slot("property", .name(.property)),
      .clauses([
        .within.taking(
          "How far back from a goal its path reaches; forever sets no limit.",
          standard: AttributionQuery.defaultWindow.literal),
        .where, .for,
        .during.taking("Keeps goals in these dates, and paths that end in them without one."),
        .using.taking(
          "The models that divide conversions, in the order to show.",
          .list(of: .oneOf(AttributionQuery.Model.allCases.map(\.rawValue))),
          standard: AttributionQuery.Model.allCases.map(\.rawValue).joined(separator: ", ")),
        .sort, .top.taking("How many values and how many paths have rows of their own.", standard: "10"), .as,
      ]),
    ],
    summary: "what leads to a goal, by seven models of credit",
    meaning: """
      The path to a goal event is what the property says of the customer's events since their goal before, the same several times in a row \
      once; the goal event's own value is not on it. First and last give all to one end, linear to all alike, position 40 % to each end, decay \
      half as much to what lies 7 days further back. Markov asks how many fewer would convert without a value, from paths that convert and \
      paths that do not; shapley divides each conversion among its different values. Conversions without a path are (direct) and stay so. \
      Credits and (direct) sum to all conversions. What goals are worth is their revenue, where they have any. None of this says what would have \
      happened without a channel: only an experiment does.
      """,
    examples: [
      "attribute purchase to channel",
      "attribute purchase to channel within 7d using last, markov, shapley during 2025-Q2",
      "attribute purchase to event using linear top 5 for device = phone",
    ])

  static func complete(_ parsed: inout ParsedStatement, _ resolver: Resolver) throws(Diagnostic) {
    parsed.qualify("property", resolver)
    // A model that is named twice is shown once.
    var seen: Set<String> = []
    let models = parsed.clauses[.using]?.asList.filter { $0.asWord.map { seen.insert($0).inserted } ?? true }
    if let models { parsed.clauses[.using] = .list(models) }
  }

  /// With what channels cost, where that is known.
  static func telling(
    _ canonical: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> @Sendable (AttributionQuery, AttributionReport) -> Answer {
    let spend = try session.attempt(session.workspace.spend())
    return { query, report in report.answer(to: query, spend: spend) }
  }

  static func query(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> AttributionQuery {
    guard case .one(let goal)? = complete["goal"], let name = complete.name("property") else {
      throw .incomplete(complete)
    }
    let property = try resolver.property(name)
    let worth = resolver.vocabulary.properties.first { $0.name == ValueQuery.standard && $0.kind == .number }
    let models = (complete.clauses[.using]?.asList ?? []).compactMap {
      $0.asWord.flatMap(AttributionQuery.Model.init)
    }
    return AttributionQuery(
      goal: try resolver.step(goal), property: property.name, worth: worth?.name, models: models,
      window: try resolver.window(complete.clauses), top: try complete.needed(\.top),
      scope: try resolver.scope(complete))
  }
}
