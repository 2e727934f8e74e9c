import Language
import SourceText

/// `run FILE`.
enum RunStatement: Statement {
  static let form = Form(
    "run", in: .also,
    ["run", .slot("file", .file)],
    summary: "run the statements of a file",
    meaning: """
      As if they were typed here, up to the first that fails. Of a notebook (*.md) its blocks are run, and its results \
      stay as they are; relative paths in it start in its folder.
      """,
    examples: [
      "run \"review.way\"",
      "run \"scripts/q3.way.md\"",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let written = parsed.text("file") else { throw .incomplete(parsed) }
    let bytes = try session.files.script(written, at: parsed.span(of: "file"))
    guard let runScript = session.runScript else { throw .notYet(parsed) }
    try runScript(bytes, written)
    return .silence
  }
}
