import JourneyQuery
import Language
import Rendering
import SourceText

/// `assert FIGURE COMPARISON VALUE`.
enum AssertStatement: Statement {
  static let form = Form(
    "assert", in: .judge,
    [
      "assert",
      .choice([
        [.slot("figure", .name(.figure)), "of", .slot("measure", .askOrVariable)],
        [.slot("measure", .askOrVariable)],
        [.slot("measure", .figure)],
      ]),
      .slot("comparison", .comparison), .slot("value", .value), .optional(["else", .slot("message", .text)]),
    ],
    summary: "fail unless a figure is as it should be",
    meaning: """
      A question alone stands for its main figure: the overall conversion of a funnel, the events of a count, \
      the median of time, the findings of check map. Another is picked by its name and of. A script stops with status 3 when an \
      assert fails, and says the text after else.
      """,
    examples: [
      "assert funnel visit -> purchase >= 1%",
      "assert count purchase > 100 else \"hardly any purchases\"",
      "assert customers of count purchase > 10",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard case .comparison(let comparison)? = parsed["comparison"], case .value(let value)? = parsed["value"] else {
      throw .incomplete(parsed)
    }
    let measured = try figure(parsed, in: session)
    let wanted = try Measure(session.resolver().literalContent(value), at: value.span)
    let found = "\(measured.name) is \(measured.value.text())"
    guard let holds = try Measure(measured.value)?.holds(comparison, wanted, at: value.span) else {
      throw Diagnostic(.assertFailed, "\(measured.name) has no value", at: parsed.span)
    }
    guard holds else {
      let message = parsed.text("message").map { $0 + ": " } ?? ""
      throw Diagnostic(
        .assertFailed, "\(message)\(found), not \(comparison.rawValue) \(value.canonical())", at: parsed.span)
    }
    return .done("holds: \(found)")
  }

  /// The figure on the left of the comparison.
  private static func figure(
    _ parsed: ParsedStatement, in session: Session
  ) throws(Diagnostic) -> Answer.Figure {
    if case .value(let literal)? = parsed["measure"] {
      return Answer.Figure("the figure", try Measure(literal.content, at: literal.span).cell)
    }
    let answer = try measured(parsed, in: session)
    guard let name = parsed.name("figure") else {
      guard let first = answer.figures.first else {
        throw Diagnostic(.figureNone, "this answer has no figures", at: parsed.span(of: "measure"))
      }
      return first
    }
    guard let figure = answer.figures.first(where: { $0.name == name.text }) else {
      throw .unknown(.figureUnknown, "figure of this answer", name, among: answer.figures.map(\.name))
    }
    return figure
  }

  /// The answer that is measured; one of several blocks has no one figure.
  private static func measured(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Answer {
    let span = parsed.span(of: "measure")
    let question: ParsedStatement
    if let name = parsed.variable("measure") {
      question = try session.resolver().savedQuestion(name)
    } else if let statement = parsed.statement("measure") {
      question = statement
    } else {
      throw .incomplete(parsed)
    }
    let asked = Forms.statement(named: question.form) as? any Question.Type
    for clause in asked?.severalBy ?? [] where question.clauses.spans[clause] != nil {
      throw Diagnostic(
        .assertSeveral, "an answer with '\(clause)' has several figures", at: span, hint: "the question without it")
    }
    return try session.ask(question, savedAs: parsed.variable("measure"))
  }
}

extension DiagnosticCode {
  package static let assertFailed = DiagnosticCode(
    "assert.failed", "The figure is not as it should be. A script stops here with status 3.")
  package static let assertSeveral = DiagnosticCode(
    "assert.several", "An answer in groups or periods has several figures, and an assertion holds one.")
  package static let figureUnknown = DiagnosticCode(
    "figure.unknown", "The answer has no figure of this name; the hint is the nearest.")
  package static let figureNone = DiagnosticCode(
    "figure.none", "The answer has no figures, so nothing can be held against it.")
}
