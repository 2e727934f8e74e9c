import JourneyModel
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
          ["events", .optional([.slot("events", .name(.store))])],
        ]),
      ]),
    ],
    summary: "begin a journey map: empty, from a template, or as a copy",
    meaning: """
      Templates are small-wins, acquisition, small-business, retail and classic; without a name it is classic. \
      From map copies the map in use or the one named. The new map becomes the one in use.
      """,
    examples: [
      "new map draft",
      "new map shop2 from template retail",
      "new map copy from map shop",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let name = parsed.name("name") else { throw .incomplete(parsed) }
    let map = try make(named: name.text, parsed, in: session)
    try session.attempt(at: name.span) { () throws(WorkspaceError) in
      try session.workspace.addMap(map, at: session.now(), statement: Forms.grammar.canonical(parsed))
    }
    return .done("began map '\(map.name)': \(map.census)")
  }

  private static func make(
    named name: String, _ parsed: ParsedStatement, in session: Session
  ) throws(Diagnostic) -> JourneyMap {
    if parsed.has("events") { throw .notYet(parsed, "new map from events") }
    if parsed.has("template") {
      guard let template = parsed.name("template") else { return JourneyMap(name: name, template: .classic) }
      do {
        return JourneyMap(name: name, template: try MapTemplate(named: template.text))
      } catch {
        throw Diagnostic(error, at: template.span)
      }
    }
    if parsed.has("map") { return try session.map(parsed.name("map"), at: parsed.span).copy(named: name) }
    return JourneyMap(name: name)
  }
}
