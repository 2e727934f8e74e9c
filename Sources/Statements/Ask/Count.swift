import JourneyQuery
import Language
import Rendering
import SourceText

/// `count [STEP] …`: events and customers.
enum CountStatement: Question {
  static let form = Form(
    "count", in: .ask,
    ["count", .optional([.slot("one", .one)]), .clauses(.ofEvents)],
    summary: "how many events, and how many customers have them",
    meaning: """
      Without a step every event counts. During bounds all events; by gives a row per value and per a row per \
      calendar unit, empty ones too.
      """,
    examples: [
      "count",
      "count purchase by device",
      "count purchase per week",
    ])

  static func canonical(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> ParsedStatement {
    var full = try session.resolver().written(parsed)
    if !parsed.clauses.by.isEmpty { full.clauses.top = parsed.clauses.top ?? 10 }
    return full
  }

  static func answer(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Answer {
    let query = try session.resolver().count(parsed)
    let executor = try session.executor(at: parsed.span)
    let report = try session.attempt(at: parsed.span) { try executor.count(query, session.run) }
    return report.answer(to: query, asked: Forms.grammar.canonical(parsed))
  }
}
