import Language
import SourceText
import Workspace

/// `use events|map|survey NAME`: chooses what statements are about.
enum UseStatement: Statement {
  static let form = Form(
    "use", in: .data,
    [
      "use",
      .choice([
        ["events", .slot("name", .name(.store))], ["map", .slot("name", .name(.map))],
        ["survey", .slot("name", .name(.survey))],
      ]),
    ],
    summary: "choose the events, the map or the survey in use",
    meaning: """
      A workspace may hold several maps, stores of events and surveys; one of each is in use. What was loaded or \
      made last is in use until this says otherwise.
      """,
    examples: [
      "use map shop",
      "use events shop",
      "use survey shop",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let name = parsed.name("name") else { throw .incomplete(parsed) }
    if parsed.word("map") != nil {
      let map = try session.map(name)
      try session.attempt(at: name.span, session.workspace.useMap(map.name))
      return .done("map '\(map.name)' is in use")
    }
    if parsed.word("survey") != nil {
      let survey = try session.survey(name)
      try session.attempt(at: name.span, session.workspace.useSurvey(survey.name))
      return .done("survey '\(survey.name)' is in use")
    }
    try session.checkStore(name)
    try session.attempt(at: name.span, session.workspace.useEvents(name.text))
    return .done("events '\(name.text)' are in use")
  }
}
