import Language
import SourceText
import Workspace

/// `new workspace FILE`: begins an empty workspace file.
enum NewWorkspaceStatement: Statement {
  static let form = Form(
    "new workspace", in: .data,
    ["new", "workspace", .slot("file", .file)],
    summary: "make a new, empty workspace file and open it",
    meaning: """
      The file must not be there yet. To keep what is open now under another name, use save.
      """,
    examples: [
      "new workspace \"q3.waymark\"",
      "new workspace \"workshop.waymark\"",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let written = parsed.text("file") else { throw .incomplete(parsed) }
    guard !session.isReadOnly else {
      throw Diagnostic(.workspaceReadOnly, "with --read-only no workspace is begun", at: parsed.span)
    }
    try session.leave(at: parsed.span)
    try session.open(written, as: .new, at: parsed.span(of: "file"))
    return .done("began '\(written)'")
  }
}
