import Language
import Rendering
import SourceText

/// `again`.
enum AgainStatement: Statement {
  static let form = Form(
    "again", in: .teach, ["again"],
    summary: "in a lesson: this step from its beginning",
    meaning: """
      The workspace is as the lesson's own statements leave it there, whatever was tried since.
      """,
    examples: ["again", "again  # from its beginning"])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    try session.learn(.again, parsed)
  }
}
