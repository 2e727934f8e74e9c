import Language
import Rendering
import SourceText

/// `hint`.
enum HintStatement: Statement {
  static let form = Form(
    "hint", in: .teach, ["hint"],
    summary: "in a lesson: help with the step",
    meaning: """
      There are three, each says more: the idea, the form of the statement, the statement itself.
      """,
    examples: ["hint", "hint  # the next of three"])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    try session.learn(.hint, parsed)
  }
}
