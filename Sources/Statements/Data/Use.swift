import Language
import SourceText
import Workspace

/// `use events|map NAME`: chooses what statements are about.
enum UseStatement: Statement {
  static let form = Form(
    "use", in: .data,
    [
      "use",
      .choice([["events", .slot("name", .name(.store))], ["map", .slot("name", .name(.map))]]),
    ],
    summary: "choose the events or the map that statements are about",
    meaning: """
      A workspace may hold several maps and several stores of events; one of each is in use. What was loaded or \
      made last is in use until this says otherwise.
      """,
    examples: [
      "use map shop",
      "use events shop",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let name = parsed.name("name") else { throw .incomplete(parsed) }
    if parsed.word("map") != nil {
      let map = try session.map(name)
      try session.attempt(at: name.span, session.workspace.useMap(map.name))
      return .done("map '\(map.name)' is in use")
    }
    try session.checkStore(name)
    try session.attempt(at: name.span, session.workspace.useEvents(name.text))
    return .done("events '\(name.text)' are in use")
  }
}
