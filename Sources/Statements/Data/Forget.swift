import Language
import SourceText
import Workspace

/// `forget events|map NAME`: drops a store or a map.
enum ForgetStatement: Statement {
  static let form = Form(
    "forget", in: .data,
    [
      "forget",
      .choice([["events", .slot("name", .name(.store))], ["map", .slot("name", .name(.map))]]),
    ],
    summary: "drop events or a map from the workspace",
    meaning: """
      Files it was loaded from are left alone. Saved results that were asked of it stay as they are.
      """,
    examples: [
      "forget events shop",
      "forget map shop",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let name = parsed.name("name") else { throw .incomplete(parsed) }
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
}
