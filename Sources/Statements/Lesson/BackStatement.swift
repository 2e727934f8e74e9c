import Language
import Rendering
import SourceText

/// `back`.
enum BackStatement: Statement {
  static let form = Form(
    "back", in: .teach, ["back"],
    summary: "in a lesson: the step before, from its beginning",
    meaning: """
      The workspace is as the lesson's own statements leave it there; what is done stays done.
      """,
    examples: ["back", "back  # to the step before"])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    try session.learn(.back, parsed)
  }
}
