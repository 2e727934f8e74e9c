import Language
import SourceText

/// `show $x`.
enum ShowResultStatement: Statement {
  static let form = Form(
    "show result", in: .teach,
    ["show", .result],
    summary: "a saved value or answer again",
    meaning: """
      $name is one saved with as or let, $3 the third of this session, $_ the last one.
      """,
    examples: [
      "show $main",
      "show $_",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let name = parsed.variable("result") else { throw .incomplete(parsed) }
    let binding = try session.resolver().binding(of: name)
    guard case .statement = binding.argument else {
      return .text(try session.vocabulary().variables[name.text] ?? "")
    }
    return .answer(try session.answer(behind: name))
  }
}
