import Language
import SourceText
import Workspace

/// `let $name = …`.
enum LetStatement: Statement {
  static let form = Form(
    "let", in: .also,
    ["let", .slot("name", .variable), .symbol(.equal), .slot("value", .binding)],
    summary: "name a value, a range of dates, a path or an answer",
    meaning: """
      The name stands wherever its value may. A question is asked at once and its answer kept.
      """,
    examples: [
      "let $w = 7d",
      "let $q3 = 2025-07-01 .. 2025-09-30",
      "let $buy = visit -> cart_added -> purchase",
      "let $main = funnel visit -> purchase",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let name = parsed.variable("name"), let value = parsed["value"] else { throw .incomplete(parsed) }
    guard name.text != "_", Int(name.text) == nil else {
      throw Diagnostic(.letName, "$\(name.text) is set by the session", at: name.span, hint: "let $main = …")
    }
    if case .statement(let question) = value {
      let answer = try session.ask(question, keptAs: name)
      try session.keep(answer, as: name)
      return .answer(answer)
    }
    let text = try session.resolver().writtenText(of: value, as: .binding)
    try session.attempt(at: name.span) { () throws(WorkspaceError) in
      try session.workspace.removeSaved(name.text, .result)
      try session.workspace.save(SavedText(name: name.text, text: text, at: session.now()), as: .value)
    }
    return .done("$\(name.text) is \(text)")
  }
}

extension DiagnosticCode {
  package static let letName = DiagnosticCode(
    "let.name", "$1, $2, … and $_ are set by the session itself.")
}
