import Foundation
import Interchange
import Language
import SourceText

/// `save session [all] FILE`: what was typed as a notebook.
enum SaveSessionStatement: Statement {
  static let form = Form(
    "save session", in: .data,
    ["save", "session", .optional(["all"]), .slot("file", .file)],
    summary: "write what was typed to a notebook",
    meaning: """
      A Markdown file (*.way.md) with a block for each question, and one for what was done between: waymark run FILE \
      --update puts the results behind them. What failed and what was typed twice in a row is left out; with all it is \
      there too, each failure with the error that it must end with. A file that is there is not written over.
      """,
    examples: [
      "save session \"q3.way.md\"",
      "save session all \"workshop.way.md\"",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let file = parsed.text("file") else { throw .incomplete(parsed) }
    let span = parsed.span(of: "file")
    guard Notebook.isNamed(file) else {
      throw Diagnostic(.notebookName, "'\(file)' is no name of a notebook", at: span, hint: (file + ".way.md").quoted)
    }
    let log = session.log
    guard log.entries.contains(where: { $0.failure == nil || parsed.has("all") }) else {
      throw Diagnostic(
        .notebookNothing, "nothing was typed in this session that a notebook could hold", at: parsed.span)
    }
    guard try !session.files.isThere(file, at: span) else {
      throw Diagnostic(
        .notebookThere, "'\(file)' is there already, and may hold what somebody wrote", at: span, hint: "another name")
    }
    let title = NotebookRun.baseName(of: file)
    let text = log.notebook(
      title: title, workspace: session.workspace.path.map { session.files.path(of: $0, from: file) },
      isWhole: parsed.has("all"))
    try session.files.write(text, to: file, at: span)
    return .done("wrote what was typed to '\(file)'; waymark run \(file) --update puts the results in")
  }
}

extension Files {
  /// A workspace's path as a file in another folder has it: from there where it lies below, else whole.
  func path(of workspace: String, from file: String) -> String {
    func whole(_ path: String) -> String {
      URL(fileURLWithPath: path.hasPrefix("/") ? path : directory + "/" + path).standardizedFileURL.path
    }
    let (target, folder) = (whole(workspace), URL(fileURLWithPath: whole(file)).deletingLastPathComponent().path)
    return target.hasPrefix(folder + "/") ? String(target.dropFirst(folder.utf8.count + 1)) : target
  }
}

extension DiagnosticCode {
  package static let notebookName = DiagnosticCode(
    "notebook.name", "A notebook is a Markdown file, and its name ends with .way.md.")
  package static let notebookNothing = DiagnosticCode(
    "notebook.nothing", "The session has no statements yet that a notebook could hold.")
  package static let notebookThere = DiagnosticCode(
    "notebook.there",
    "A file of this name is there, and a notebook may hold more than statements: it is not written over.")
}
