import Language
import SourceText

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
    return try session.define(name, as: .one(one), .step, in: \.steps) { (resolver) throws(Diagnostic) in
      _ = try resolver.step(one)
    }
  }
}
