import JourneyModel
import JourneyQuery
import Language
import SourceText
import Workspace

/// `new map NAME [from …]`: begins a map.
enum NewMapStatement: Statement {
  static let form = Form(
    "new map", in: .map,
    [
      "new", "map", .slot("name", .name(.new)),
      .optional([
        "from",
        .choice([
          ["template", .optional([.slot("template", .name(.template))])],
          ["map", .optional([.slot("map", .name(.map))])],
          ["events", .optional([.slot("events", .name(.store))]), .optional(["stages", .slot("stages", .count)])],
        ]),
      ]),
    ],
    summary: "begin a map: empty, from a template or events, or as a copy",
    meaning: """
      Templates are small-wins, acquisition, small-business, retail and classic; without a name it is classic. \
      From map copies the map in use or the one named. From events drafts one: each event becomes a touchpoint that is \
      linked to it, in the order in which they stand in journeys; the order is cut into stages (5) where it parts best, and \
      each stage is left to you to name. The new map becomes the one in use.
      """,
    examples: [
      "new map draft",
      "new map shop2 from template retail",
      "new map copy from map shop",
      "new map lived from events stages 4",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let name = parsed.name("name") else { throw .incomplete(parsed) }
    let (map, report) = try make(named: name.text, parsed, in: session)
    try session.attempt(at: name.span) { () throws(WorkspaceError) in
      try session.workspace.addMap(map, at: session.now(), statement: Forms.grammar.canonical(parsed))
    }
    return .done("began map '\(map.name)': \(map.census)" + (report.map { "\n  \($0)" } ?? ""))
  }

  private static func make(
    named name: String, _ parsed: ParsedStatement, in session: Session
  ) throws(Diagnostic) -> (JourneyMap, report: String?) {
    if parsed.has("events") {
      let draft = try draft(named: name, parsed, in: session)
      return (draft.map, draft.report)
    }
    return (try begin(named: name, parsed, in: session), nil)
  }

  private static func draft(
    named name: String, _ parsed: ParsedStatement, in session: Session
  ) throws(Diagnostic) -> MapDraft {
    let stages = parsed.number("stages") ?? MapDraft.standardStages
    let most = MapMetricsQuery.mostStages
    guard stages <= most else {
      throw Diagnostic(
        .mapStages, "a draft has at most \(most) stages", at: parsed.span(of: "stages"),
        hint: "stages \(MapDraft.standardStages)")
    }
    let executor = try session.executor(for: parsed.name("events"), at: parsed.span)
    let query = PlacesQuery(scope: Scope(zone: try session.zone))
    let found = try session.apart(at: parsed.span) { [run = session.run] () throws(ExecutionError) in
      try query.ask(executor, run)
    }
    return try Diagnostic.locating(at: parsed.span, MapDraft(named: name, from: found, stages: stages))
  }

  private static func begin(
    named name: String, _ parsed: ParsedStatement, in session: Session
  ) throws(Diagnostic) -> JourneyMap {
    if parsed.has("template") {
      guard let template = parsed.name("template") else { return JourneyMap(name: name, template: .classic) }
      let found = try Diagnostic.locating(at: template.span, MapTemplate(named: template.text))
      return JourneyMap(name: name, template: found)
    }
    if parsed.has("map") { return try session.map(parsed.name("map"), at: parsed.span).copy(named: name) }
    return JourneyMap(name: name)
  }
}

extension DiagnosticCode {
  package static let mapStages = DiagnosticCode("map.stages", "A draft of a map has fewer stages than that.")
}
