import JourneyQuery
import Language
import Rendering
import SourceText

/// `assert FIGURE COMPARISON VALUE`, and what an answer is or has.
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
      .choice([
        ["is", .slot("kind", .text)],
        ["has", .slot("cell", .text)],
        [
          .slot("comparison", .comparison),
          .choice([
            [.slot("figure", .name(.figure)), "of", .slot("wanted", .askOrVariable)],
            [.slot("wanted", .askOrVariable)],
            [.slot("wanted", .figure)],
          ]),
        ],
      ]), .optional(["else", .slot("message", .text)]),
    ],
    summary: "fail unless a figure or an answer is as it should be",
    meaning: """
      A question alone stands for its main figure: the overall conversion of a funnel, the events of a count, \
      the median of time, the findings of check map. Another is picked by its name and of. A figure is held against a value, or \
      against the same figure of another question or saved answer. Of answers of this session, $_ and $3, figures are those of the \
      whole, whatever they are grouped by. Is tells by which statement an answer came, has whether one of its cells reads so; $_ is \
      looks at the last statement, also at one that gives no answer to keep. A script stops with status 3 when an \
      assert fails, and says the text after else.
      """,
    examples: [
      "assert funnel visit -> purchase >= 1%",
      "assert count purchase > 100 else \"hardly any purchases\"",
      "assert customers of count purchase > 10",
      "assert funnel visit -> purchase for device = phone <= funnel visit -> purchase",
      "assert count by device has \"phone\"",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    if let kind = parsed.text("kind") { return try checkKind(kind, parsed, in: session) }
    if let cell = parsed.text("cell") { return try checkCell(cell, parsed, in: session) }
    guard case .comparison(let comparison)? = parsed["comparison"] else { throw .incomplete(parsed) }
    let measured = try figure(parsed, in: session)
    let (wanted, phrase, span) = try wanted(parsed, in: session)
    let found = "\(measured.name) is \(measured.value.text())"
    guard let holds = try Measure(measured.value)?.holds(comparison, wanted, at: span) else {
      throw Diagnostic(.assertFailed, "\(measured.name) has no value", at: parsed.span)
    }
    guard holds else { throw .failed("\(found), not \(comparison.rawValue) \(phrase)", parsed) }
    return .done("holds: \(found)")
  }

  // MARK: Figures

  /// The figure on the left of the comparison.
  private static func figure(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Answer.Figure {
    if case .value(let literal)? = parsed["measure"] {
      return Answer.Figure("the figure", try Measure(literal.content, at: literal.span).cell)
    }
    let answer = try measured(parsed["measure"], of: parsed, at: parsed.span(of: "measure"), in: session)
    return try figure(figureName(parsed), of: answer, at: parsed.span(of: "measure"))
  }

  /// The one that is named before the comparison, or behind it.
  private static func figureName(_ parsed: ParsedStatement, isOnRight: Bool = false) -> NameSyntax? {
    let comparison = parsed.span(of: "comparison")?.lowerBound ?? .max
    return parsed.arguments.lazy.filter { $0.label == "figure" && ($0.span.lowerBound > comparison) == isOnRight }
      .compactMap(\.value.asName).first
  }

  private static func figure(
    _ name: NameSyntax?, of answer: Answer, at span: Range<Int>?
  ) throws(Diagnostic) -> Answer.Figure {
    guard let name else {
      if let first = answer.figures.first { return first }
      throw Diagnostic(.figureNone, "this answer has no figures", at: span)
    }
    if let figure = answer.figures.first(where: { $0.name == name.text }) { return figure }
    var unknown = Diagnostic.unknown(.figureUnknown, "figure of this answer", name, among: answer.figures.map(\.name))
    unknown.hint = unknown.hint ?? answer.figures.map(\.name).joined(separator: ", ")
    throw unknown
  }

  /// What is on its right, and how that is told.
  private static func wanted(
    _ parsed: ParsedStatement, in session: Session
  ) throws(Diagnostic) -> (Measure, phrase: String, span: Range<Int>) {
    let (other, span) = (parsed["wanted"], parsed.span(of: "wanted") ?? parsed.span)
    if let literal = try literal(other, span, in: session) {
      return (
        try Measure(literal, at: span),
        String(decoding: parsed.text.utf8.dropFirst(span.lowerBound).prefix(span.count), as: UTF8.self), span
      )
    }
    let answer = try measured(other, of: parsed, at: span, in: session)
    let figure = try figure(figureName(parsed, isOnRight: true) ?? figureName(parsed), of: answer, at: span)
    guard let measure = Measure(figure.value) else {
      throw Diagnostic(.assertFailed, "\(figure.name) on the right has no value", at: span)
    }
    return (measure, figure.value.text(), span)
  }

  /// A value that is written, or has a name; nil of a question.
  private static func literal(
    _ argument: Argument?, _ span: Range<Int>, in session: Session
  ) throws(Diagnostic) -> ValueSyntax.Content? {
    if case .value(let value)? = argument { return value.content }
    guard let name = argument?.asVariable, (try? session.resolver().savedQuestion(name)) == nil else { return nil }
    return try session.resolver().literalContent(ValueSyntax(content: .variable(name), span: span))
  }

  /// An answer that is measured: kept by this session, or asked now; one of several blocks has no one figure.
  private static func measured(
    _ argument: Argument?, of parsed: ParsedStatement, at span: Range<Int>?, in session: Session
  ) throws(Diagnostic) -> Answer {
    if let name = argument?.asVariable, name.isOfSession { return try session.answer(behind: name) }
    let question: ParsedStatement
    if let name = argument?.asVariable {
      question = try session.resolver().savedQuestion(name)
    } else if let statement = argument?.asStatement {
      question = statement
    } else {
      throw .incomplete(parsed)
    }
    let asked = Forms.statement(named: question.form) as? any Question.Type
    for clause in asked?.severalBy ?? [] where question.clauses.spans[clause] != nil {
      throw Diagnostic(
        .assertSeveral, "an answer with '\(clause)' has several figures", at: span, hint: "the question without it")
    }
    return try session.ask(question, savedAs: argument?.asVariable)
  }

  // MARK: Answers

  private static func checkKind(
    _ kind: String, _ parsed: ParsedStatement, in session: Session
  ) throws(Diagnostic) -> Reply {
    try checkIsWhole(parsed)
    let form: String?
    if let name = parsed.variable("measure"), name.text == "_" {
      form = session.lastForm
    } else if let name = parsed.variable("measure") {
      form = try session.resolver().savedQuestion(name).form
    } else {
      form = parsed.statement("measure")?.form
    }
    let wanted = kind.lowercased().split(separator: " ").joined(separator: " ")
    guard Forms.due.contains(where: { $0.isCalled(wanted) }) else {
      throw Diagnostic(
        .assertKind, "no statement is called '\(kind)'", at: parsed.span(of: "kind"),
        hint: nearest(to: wanted, among: Forms.due.map(\.name)).map(\.quoted))
    }
    guard let form, let found = Forms.due.first(where: { $0.name == form }), found.isCalled(wanted) else {
      throw .failed("the answer is by \(form ?? "no statement"), not by \(wanted)", parsed)
    }
    return .done("holds: it is by \(form)")
  }

  private static func checkCell(
    _ cell: String, _ parsed: ParsedStatement, in session: Session
  ) throws(Diagnostic) -> Reply {
    try checkIsWhole(parsed)
    let answer: Answer
    if let name = parsed.variable("measure") {
      answer = try session.answer(behind: name)
    } else if let question = parsed.statement("measure") {
      answer = try session.ask(question)
    } else {
      throw .incomplete(parsed)
    }
    let context = RenderingContext(zone: try session.zone)
    let isThere = try session.apart { [run = session.run] () throws(ExecutionError) in
      try answer.hasCell(reading: cell, in: context, run)
    }
    guard isThere else { throw .failed("no cell of the answer is '\(cell)'", parsed) }
    return .done("holds: the answer has '\(cell)'")
  }

  /// Throws where a figure is named, or a number written, of which nothing is or has anything.
  private static func checkIsWhole(_ parsed: ParsedStatement) throws(Diagnostic) {
    guard parsed.name("figure") != nil || parsed["measure"].map({ if case .value = $0 { true } else { false } }) ?? true
    else { return }
    throw Diagnostic(
      .assertKind, "'is' and 'has' are of a whole answer", at: parsed.span(of: "figure") ?? parsed.span(of: "measure"),
      hint: "assert $_ has \"phone\"")
  }
}

extension Form {
  /// Whether it is meant by these words: its name, or the words that it opens with.
  fileprivate func isCalled(_ words: String) -> Bool { name == words || name.hasPrefix(words + " ") }
}

extension NameSyntax {
  /// Whether it is an answer by its place in the session: `$_`, `$3`.
  fileprivate var isOfSession: Bool { text == "_" || Int(text) != nil }
}

extension Diagnostic {
  /// An assertion that does not hold; what is to be said where it does not comes before what was found.
  static func failed(_ found: String, _ parsed: ParsedStatement) -> Diagnostic {
    Diagnostic(.assertFailed, (parsed.text("message").map { $0 + ": " } ?? "") + found, at: parsed.span)
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
