import JourneyModel
import Language
import SourceText

/// `show map [NAME] [with metrics …]`.
enum ShowMapStatement: Statement {
  static let form = Form(
    "show map", in: .teach,
    [
      "show", "map", .optional([.slot("map", .name(.map))]), .optional(["with", "metrics"]), .clauses([.for, .during]),
    ],
    summary: "draw the map: stages across, lanes down",
    meaning: """
      With metrics, each stage and touchpoint tells how many customers were seen there: who has an event on it, in \
      whatever order. A stage also tells who joined (it is their earliest stage in map order), who passed it by (they \
      were before and behind it, not there), who left (it is their furthest stage), and the median time from the first \
      event there to the first one after it at a later stage. For and during say whose events count, and when; for a persona also shows the \
      map as it feels it.
      """,
    examples: [
      "show map",
      "show map with metrics",
      "show map with metrics for did purchase during 2025-03",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let map = try session.map(parsed.name("map"), at: parsed.span)
    let persona = persona(parsed.clauses.people, on: map)
    let isMeasured = parsed.has("metrics") || !parsed.clauses.spans.isEmpty
    // Without events a persona's map is still to be drawn.
    let hasEvents = try session.activeSource != nil
    let isDrawnOnly = persona != nil && !parsed.has("metrics") && !hasEvents
    return .map(
      persona.map(map.felt) ?? map, isMeasured && !isDrawnOnly ? try session.reading(of: map, as: parsed) : nil)
  }

  /// The one persona that people are, by its name alone.
  private static func persona(_ people: PeopleSyntax?, on map: JourneyMap) -> String? {
    switch people {
    case .test(.named(let kind, let name)) where kind != .segment:
      map.element(ElementReference(.persona, name.text))?.name
    default: nil
    }
  }
}
