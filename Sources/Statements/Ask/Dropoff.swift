import JourneyQuery
import Language
import Rendering
import SourceText

/// `dropoff PATH …`: who is lost at each step, and what they do next.
enum DropoffStatement: Question {
  static let form = Form(
    "dropoff", in: .ask,
    [
      "dropoff", .slot("path", .path),
      .clauses([.within, .order, .entry, .counting, .gap, .without, .holding, .where, .for, .at, .during, .top, .as]),
    ],
    summary: "who is lost at each step of a path, and what they do next",
    meaning: """
      Lost at a step are those who reached it and not the next required one, as in funnel. Their next event is \
      the first one after the last step they took, as long as the window is open; beside it stands the same for \
      those who went on. At shows one step only, top how many next events stand alone (5).
      """,
    examples: [
      "dropoff cart_added -> checkout_started -> purchase within 7d",
      "dropoff cart_added -> checkout_started -> purchase at checkout_started top 3",
    ])

  static func canonical(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> ParsedStatement {
    var full = try FunnelStatement.canonical(parsed, in: session)
    full.clauses.top = parsed.clauses.top ?? 5
    return full
  }

  static func answer(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Answer {
    let query = try session.resolver().dropoff(parsed)
    let executor = try session.executor(at: parsed.span)
    let report = try session.attempt(at: parsed.span) { try executor.dropoff(query, session.run) }
    return report.answer(to: query, asked: Forms.grammar.canonical(parsed))
  }
}
