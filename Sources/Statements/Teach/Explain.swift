import JourneyQuery
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
    var asked = parsed.statement("statement")
    if let name = parsed.variable("result") { asked = try session.savedQuestion(name) }
    guard let asked else { throw .incomplete(parsed) }
    guard let statement = Forms.statement(named: asked.form) else { throw .notYet(asked) }
    try Forms.grammar.check(asked)
    guard let question = statement as? any Question.Type else {
      return .text("\(Forms.grammar.canonical(asked))\n\n\(statement.form.explanation)")
    }
    let canonical = try question.canonical(asked, in: session)
    let sentence = Forms.grammar.canonical(canonical)
    let about = question.form.explanation
    if asked.form == FunnelStatement.form.name {
      let lines = FunnelExplanation(query: try session.resolver().funnel(canonical)).lines
      return .text("\(sentence)\n\n\(lines.joined(separator: "\n"))")
    }
    if let funnel = try funnel(behind: canonical, in: session) {
      let lines = FunnelExplanation(query: funnel).lines
      return .text("\(sentence)\n\n\(about)\n\n\(lines.joined(separator: "\n"))")
    }
    return .text("\(sentence)\n\n\(about)")
  }

  /// The funnel whose chains another question is about.
  private static func funnel(
    behind parsed: ParsedStatement, in session: Session
  ) throws(Diagnostic) -> FunnelQuery? {
    switch parsed.form {
    case TimeStatement.form.name: try session.resolver().stretch(parsed)
    case DropoffStatement.form.name: try session.resolver().dropoff(parsed).funnel
    default: nil
    }
  }
}

extension Form {
  /// What it does, then what is to be known of it, in sentences.
  fileprivate var explanation: String {
    summary.prefix(1).uppercased() + summary.dropFirst() + ". " + meaning
  }
}
