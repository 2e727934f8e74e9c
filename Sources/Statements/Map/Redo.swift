import Language
import SourceText
import Workspace

/// `redo [N]`.
enum RedoStatement: Statement {
  static let form = Form(
    "redo", in: .map,
    ["redo", .optional([.slot("count", .number)])],
    summary: "make changes again that were undone",
    meaning: """
      A new change of the map clears what could be made again.
      """,
    examples: [
      "redo",
      "redo 2",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let redone = try session.attempt(at: parsed.span) { () throws(WorkspaceError) in
      try session.workspace.redo(parsed.number("count") ?? 1, at: session.now())
    }
    guard !redone.isEmpty else { throw Diagnostic(.redoNone, "there is no change to redo", at: parsed.span) }
    return .done(redone.map { "redone: \($0.statement)" }.joined(separator: "\n"))
  }
}

extension DiagnosticCode {
  package static let redoNone = DiagnosticCode(
    "redo.none", "Nothing was undone since the last change.")
}
