import Language
import SourceText

/// `explain STATEMENT`.
enum ExplainStatement: Statement {
  static let form = Form(
    "explain", in: .teach,
    ["explain", .choice([[.slot("statement", .statement)], [.result]])],
    summary: "say in plain words what a statement asks or does",
    meaning: """
      Nothing is run or changed. Of a saved answer it explains the question.
      """,
    examples: [
      "explain funnel visit -> purchase within 7d",
      "explain $main",
      "explain add stage Loyalty after Post-purchase",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let resolver = try session.resolver()
    if let name = parsed.variable("result") {
      let saved = try resolver.savedQuestion(name)
      do {
        return try explain(saved, resolver, in: session)
      } catch {
        throw error.inDefinition(of: name.asVariable, at: name.span)
      }
    }
    guard let asked = parsed.statement("statement") else { throw .incomplete(parsed) }
    return try explain(asked, resolver, in: session)
  }

  private static func explain(
    _ asked: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> Reply {
    guard let statement = Forms.statement(named: asked.form) else { throw .notYet(asked) }
    try Forms.grammar.check(asked)
    guard let question = statement as? any Question.Type else {
      return .text("\(Forms.grammar.canonical(asked))\n\n\(statement.form.explanation)")
    }
    let canonical = try question.canonical(asked, resolver, in: session)
    let rules = try question.rules(of: canonical, resolver).joined(separator: "\n")
    // The rules of a funnel say all that its meaning does.
    let about = question == FunnelStatement.self ? [] : [question.form.explanation]
    let parts = [Forms.grammar.canonical(canonical)] + about + (rules.isEmpty ? [] : [rules])
    return .text(parts.joined(separator: "\n\n"))
  }
}

extension Form {
  /// What it does, then what is to be known of it, in sentences.
  fileprivate var explanation: String {
    summary.prefix(1).uppercased() + summary.dropFirst() + ". " + meaning
  }
}
