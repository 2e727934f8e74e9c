import JourneyQuery
import Language
import Rendering
import SourceText

/// `flow …`: the directly-follows graph.
enum FlowStatement: Question {
  static let form = Form(
    "flow", in: .ask,
    ["flow", .clauses([.where, .for, .during, .top, .using, .as])],
    summary: "which step comes right after which, how often and how soon",
    meaning: """
      The directly-follows graph: a row per pair of neighbours in a journey, the commonest first, with the median time \
      between them; then every step with the journeys that start and end there. A step may follow itself. Events are \
      named by touchpoints of the map, or as using says; top lists only so many pairs.
      """,
    examples: [
      "flow",
      "flow using stages",
      "flow using events top 5 during last 4 weeks where device = phone",
    ])

  static func canonical(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> ParsedStatement {
    let resolver = try session.resolver()
    var full = try resolver.written(parsed)
    full.clauses.using = [try resolver.basis(parsed.clauses).rawValue]
    return full
  }

  static func answer(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Answer {
    let query = try session.resolver().flow(parsed)
    let executor = try session.executor(at: parsed.span)
    let report = try session.attempt(at: parsed.span) { try executor.flow(query, session.run) }
    return report.answer(to: query, asked: Forms.grammar.canonical(parsed))
  }
}
