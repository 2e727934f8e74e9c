import Language
import Rendering
import SourceText

/// `skip`.
enum SkipStatement: Statement {
  static let form = Form(
    "skip", in: .teach, ["skip"],
    summary: "in a lesson: let the shell do the step",
    meaning: """
      It shows the statements that do it, runs them, and goes on; the step counts as skipped until you do it yourself.
      """,
    examples: ["skip", "skip  # counts as skipped"])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    try session.learn(.skip, parsed)
  }
}
