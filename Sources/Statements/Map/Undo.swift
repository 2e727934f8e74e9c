import Language
import SourceText
import Workspace

/// `undo [N]`.
enum UndoStatement: Statement {
  static let form = Form(
    "undo", in: .map,
    ["undo", .optional([.slot("count", .number)])],
    summary: "take back the last change of the map, or the last few",
    meaning: """
      The history is kept in the workspace, so undo works after a restart too.
      """,
    examples: [
      "undo",
      "undo 3",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let count = parsed.number("count") ?? 1
    if let confirm = session.confirm,
      let map = try session.attempt(session.workspace.madeMaps(undoing: count)).first,
      !confirm("that takes map '\(map.name)' away, as before '\(map.statement)'; go on?")
    {
      return .done("nothing was undone")
    }
    let undone = try session.attempt(at: parsed.span, session.workspace.undo(count, at: session.now()))
    guard !undone.isEmpty else { throw Diagnostic(.undoNone, "there is no change to undo", at: parsed.span) }
    return .done(undone.map { "undone: \($0.statement)" }.joined(separator: "\n"))
  }
}

extension DiagnosticCode {
  package static let undoNone = DiagnosticCode(
    "undo.none", "The history has no change to take back.")
}
