import Language
import SourceText
import Workspace

/// `forget events|map|survey NAME`, `forget customers|identities|spend`: drops what was loaded.
enum ForgetStatement: Statement {
  static let form = Form(
    "forget", in: .data,
    [
      "forget",
      .choice([
        ["events", .slot("name", .name(.store))], ["map", .slot("name", .name(.map))],
        ["survey", .slot("name", .name(.survey))], ["customers"], ["identities"], ["spend"],
      ]),
    ],
    summary: "drop events, a map, a survey, customers, ids or spend",
    meaning: """
      Files it was loaded from are left alone. Questions that were saved stay, and are asked anew of what is there. Without identities every event is \
      again that of the id it was loaded under.
      """,
    examples: [
      "forget events shop",
      "forget map shop",
      "forget survey shop",
      "forget customers",
      "forget identities",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let name = parsed.name("name") else { return .done(try forgetAll(of: parsed, in: session)) }
    if parsed.word("survey") != nil {
      let survey = try session.survey(name)
      try session.attempt(at: name.span, session.workspace.forgetSurvey(survey.name))
      return .done("forgot survey '\(survey.name)' with \(survey.answers.counted("answer"))")
    }
    if parsed.word("map") != nil {
      let map = try session.map(name)
      try session.attempt(at: name.span) { () throws(WorkspaceError) in
        try session.workspace.removeMap(map.name, at: session.now(), statement: Forms.grammar.canonical(parsed))
      }
      return .done("forgot map '\(map.name)'; undo brings it back")
    }
    try session.checkStore(name)
    try session.attempt(at: name.span, session.workspace.forgetEvents(name.text))
    return .done("forgot events '\(name.text)'")
  }

  /// What there is one of.
  private static func forgetAll(of parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> String {
    let workspace = session.workspace
    if parsed.word("spend") != nil {
      let costs = try session.attempt(at: parsed.span, workspace.spend()?.costs.count ?? 0)
      try session.attempt(at: parsed.span, workspace.forgetCosts())
      return "forgot \(costs.counted("cost"))"
    }
    if parsed.word("identities") != nil { return try session.forgetIdentities(at: parsed.span) }
    let people = try session.attempt(at: parsed.span, workspace.customerCount())
    try session.attempt(at: parsed.span, workspace.forgetCustomers())
    return "forgot what was known of \(people.counted("customer")); their events and answers stay"
  }
}
