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
      workspace that was open before is closed; one without a file is asked about when it has unsaved edits.
      """,
    examples: [
      "open \"shop.waymark\"",
      "open \"reviews/2025-q3.waymark\"",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let written = parsed.text("file") else { throw .incomplete(parsed) }
    try session.leave(at: parsed.span)
    let workspace = try session.attempt(opening: written, at: parsed.span(of: "file")) {
      try Workspace(opening: $0, as: .existingOrNew)
    }
    session.move(to: workspace)
    return .done(workspace.isReadOnly ? "opened '\(written)' for reading only" : "opened '\(written)'")
  }
}
