import JourneyQuery
import JourneyTime
import Language
import Rendering
import SourceText

/// `sessions …`: how many, how long, with how many events.
enum SessionsStatement: Question {
  static let form = Form(
    "sessions", in: .ask,
    ["sessions", .clauses([.gap, .where, .for, .by, .during, .vs, .per, .top, .as])],
    summary: "how many sessions, how long, and how many end after one event",
    meaning: """
      Where the data names sessions, each value is a session of its customer; elsewhere a session ends where \
      nothing happens for longer than gap. Sessions are cut before where and during, and consist of the events \
      these leave. The length is the time from the first event to the last; the bounce rate is the share of \
      sessions of one event. By and per read the session's first event.
      """,
    examples: [
      "sessions",
      "sessions by channel top 5",
      "sessions per week gap 1h during 2025-Q1",
    ])

  static func canonical(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> ParsedStatement {
    var full = try session.resolver().written(parsed)
    if parsed.clauses.gap == nil, try !session.vocabulary().hasSessions {
      full.clauses.gap = .literal(.minutes(30), span: parsed.span)
    }
    if !parsed.clauses.by.isEmpty { full.clauses.top = parsed.clauses.top ?? 10 }
    return full
  }

  static func answer(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Answer {
    let query = try session.resolver().sessions(parsed)
    let executor = try session.executor(at: parsed.span)
    let report = try session.attempt(at: parsed.span) { try executor.sessions(query, session.run) }
    return report.answer(to: query, asked: Forms.grammar.canonical(parsed))
  }
}
