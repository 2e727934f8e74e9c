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
    let resolver = try session.resolver()
    guard case .statement = try resolver.binding(of: name).argument else {
      return .text(resolver.vocabulary.variables[name.text] ?? "")
    }
    return .answer(try session.answer(behind: name))
  }
}
