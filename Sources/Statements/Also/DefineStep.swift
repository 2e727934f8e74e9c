import Language
import SourceText
import Workspace

/// `define step NAME as STEP`.
enum DefineStepStatement: Statement {
  static let form = Form(
    "define step", in: .also,
    ["define", "step", .slot("name", .name(.new)), "as", .slot("one", .one)],
    summary: "name a step to use in paths",
    meaning: """
      A step may be any event, with conditions and alternatives. Defining the name again replaces it.
      """,
    examples: [
      "define step buy as {purchase | checkout_started}",
      "define step bigbuy as purchase(revenue > 100)",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let name = parsed.name("name"), case .one(let one)? = parsed["one"] else { throw .incomplete(parsed) }
    let resolver = try session.resolver()
    let text = (try resolver.written(one)).canonical()
    var vocabulary = resolver.vocabulary
    vocabulary.steps[name.text] = text
    do {
      _ = try Resolver(vocabulary).step(one)
    } catch  where error.code == "definition.circular" || !vocabulary.events.isEmpty {
      throw error
    } catch {
      // Before events are loaded their names cannot be checked.
    }
    try session.attempt(at: name.span) {
      try session.workspace.save(SavedText(name: name.text, text: text, at: session.now()), as: .step)
    }
    return .done("step '\(name.text)' is \(text)")
  }
}
