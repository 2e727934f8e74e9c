import Language
import SourceText
import Workspace

/// `save [FILE]`: keeps the workspace in a file.
enum SaveStatement: Statement {
  static let form = Form(
    "save", in: .data,
    ["save", .optional([.slot("file", .file)])],
    summary: "write the workspace to a file",
    meaning: """
      A workspace with a file is saved at every change, so save alone only matters for one that lives in memory \
      and says so when there is nothing to do. With a file name it writes a copy and goes on in the copy; with \
      --read-only on the command line too, and there for reading only.
      """,
    examples: [
      "save \"copy.waymark\"",
      "save \"before-the-workshop.waymark\"",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let written = parsed.text("file") else {
      guard let path = session.workspace.path else {
        throw Diagnostic(
          .saveFile, "this workspace is in memory only, and 'save' needs a file", at: parsed.span,
          hint: "save \"shop.waymark\"")
      }
      try session.attempt(at: parsed.span, session.workspace.checkPlace())
      return .done("'\(session.files.written(path))' holds every change already")
    }
    try session.attempt(opening: written, at: parsed.span(of: "file")) { (file) throws(WorkspaceError) in
      try session.workspace.save(copyTo: file, goOnThere: true, readOnly: session.isReadOnly)
    }
    return .done("saved as '\(written)'" + (session.isReadOnly ? ", open for reading only" : ""))
  }
}

extension DiagnosticCode {
  package static let saveFile = DiagnosticCode(
    "save.file", "The workspace is in memory, and save needs the name of a file.")
}
