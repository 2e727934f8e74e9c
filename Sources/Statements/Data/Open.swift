import Language
import SourceText
import Workspace

/// `open FILE`: goes on in another workspace.
enum OpenStatement: Statement {
  static let form = Form(
    "open", in: .data,
    ["open", .slot("file", .file)],
    summary: "open a workspace file, made if it is not there",
    meaning: """
      Everything in the workspace comes back as it was left: maps with their history, events, saved results. The \
      workspace that was open before is closed; one without a file is asked about when it has unsaved edits. With \
      --read-only on the command line it is opened for reading only, too.
      """,
    examples: [
      "open \"shop.waymark\"",
      "open \"reviews/2025-q3.waymark\"",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let written = parsed.text("file") else { throw .incomplete(parsed) }
    try session.checkSpelling(of: written, at: parsed.span(of: "file"))
    try session.leave(at: parsed.span)
    try session.open(written, as: .existingOrNew, at: parsed.span(of: "file"))
    return .done(session.workspace.isReadOnly ? "opened '\(written)' for reading only" : "opened '\(written)'")
  }
}
