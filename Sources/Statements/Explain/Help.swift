import Language
import SourceText

/// `help [TOPIC]`.
enum HelpStatement: Statement {
  static let form = Form(
    "help", in: .teach,
    ["help", .optional([.slot("topic", .topic), .repeated([.slot("topic", .topic)])])],
    summary: "what can be said, and what it means",
    meaning: """
      Alone it lists all statements. A topic is a statement, a clause, or the code that ends an error message. Help recipes lists \
      what analysts and CX teams often want; words behind it find the statements that do it.
      """,
    examples: [
      "help",
      "help funnel",
      "help within",
      "help statement.unknown",
      "help recipes device",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let topics = parsed.arguments.compactMap { if case .name(let name) = $0.value { name } else { nil } }
    if topics.first?.text == "recipes" {
      let book = try RecipeBook(LessonShelf.cookbook, file: "COOKBOOK.md")
      return .text(try book.text(on: topics.dropFirst().map(\.text), at: parsed.span(of: "topic")))
    }
    return .text(
      try HelpText(Forms.grammar, codes: DiagnosticCode.all).text(on: topics.map(\.text), at: parsed.span(of: "topic")))
  }
}
