import JourneyQuery
import Language
import Rendering
import SourceText

/// `time PATH …`: how long a path takes.
enum TimeStatement: Question {
  static let form = Form(
    "time", in: .ask,
    ["time", .slot("path", .path), .clauses(.ofPaths)],
    summary: "how long customers take along a path of steps",
    meaning: """
      From the first step to the last required one, of those who complete the path, chain by chain as funnel \
      finds them: shortest and longest time, median, 10th and 90th percentile, mean, and a histogram. Percentiles \
      are exact (R-7). By groups those who completed, per is the unit in which they started.
      """,
    examples: [
      "time cart_added -> purchase",
      "time visit -> purchase within 7d by device",
      "time checkout_started -> purchase per month during 2025-Q2",
    ])

  static func canonical(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> ParsedStatement {
    try FunnelStatement.canonical(parsed, in: session)
  }

  static func answer(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Answer {
    let query = try session.resolver().stretch(parsed)
    let executor = try session.executor(at: parsed.span)
    let report = try session.attempt(at: parsed.span) { try executor.time(query, session.run) }
    return report.answer(to: query, asked: Forms.grammar.canonical(parsed))
  }
}
