import JourneyQuery
import JourneyTime
import Language
import Rendering
import SourceText

/// `funnel PATH …`: how far customers get along a path.
enum FunnelStatement: Question {
  static let form = Form(
    "funnel", in: .ask,
    ["funnel", .choice([["stages"], [.slot("path", .path)]]), .clauses(.ofPaths)],
    summary: "how many customers get how far along a path of steps",
    meaning: """
      A step is a touchpoint, a stage, an event or a defined step; -> is later, => directly next, a? may be \
      skipped, {a | b} is either, and step(condition) filters its events. All steps lie within 30d of the first \
      unless within says otherwise. By default each customer counts once, by the entry that gets furthest; \
      events of one moment may stand in either order. Funnel stages takes the stages of the map in their order.
      """,
    examples: [
      "funnel visit -> product_viewed -> cart_added -> purchase",
      "funnel visit -> purchase within 7d by device",
      "funnel stages",
      "funnel cart_added ->[2h] purchase where device = phone per week",
    ])

  static func canonical(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> ParsedStatement {
    var full = try session.resolver().written(parsed)
    let clauses = parsed.clauses
    full.clauses.within = full.clauses.within ?? .duration(.literal(.days(30), span: parsed.span))
    full.clauses.entry = clauses.entry ?? FunnelQuery.Entry.best.rawValue
    full.clauses.counting = clauses.counting ?? FunnelQuery.Counting.customers.rawValue
    if full.clauses.counting == FunnelQuery.Counting.sessions.rawValue, clauses.gap == nil,
      try !session.vocabulary().hasSessions
    {
      full.clauses.gap = .literal(.minutes(30), span: parsed.span)
    }
    if !clauses.by.isEmpty { full.clauses.top = clauses.top ?? 10 }
    return full
  }

  static func answer(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Answer {
    let query = try session.resolver().funnel(parsed)
    let executor = try session.executor(at: parsed.span)
    let report = try session.attempt(at: parsed.span) { try executor.funnel(query, session.run) }
    return report.answer(to: query, asked: Forms.grammar.canonical(parsed))
  }
}
