import JourneyQuery
import JourneyTime
import Language
import SourceText

/// `sessions …`: how many, how long, with how many events.
enum SessionsStatement: EventQuestion {
  static let form = Form(
    "sessions", in: .ask,
    ["sessions", .clauses([.gap, .where, .for, .by, .during, .vs, .per, .sort, .top, .as])],
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

  static func query(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> SessionsQuery {
    var query = SessionsQuery(scope: try resolver.scope(complete), split: try resolver.split(complete))
    if let gap = complete.clauses.gap { query.gap = try resolver.duration(gap) }
    return query
  }
}
