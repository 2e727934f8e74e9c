import JourneyQuery
import Language
import SourceText

/// `flow …`: the directly-follows graph.
enum FlowStatement: EventQuestion {
  static let form = Form(
    "flow", in: .ask,
    [
      "flow",
      .clauses([
        .where, .for, .during, .sort, .top.taking("How many pairs are listed; all of them, unless said."), .naming, .as,
      ]),
    ],
    summary: "which step comes right after which, how often and how soon",
    meaning: """
      The directly-follows graph: a row per pair of neighbours in a journey, the commonest first, with the median time \
      between them; then every step with the journeys that start and end there. A step may follow itself. Events are \
      named by touchpoints of the map, or as using says.
      """,
    examples: [
      "flow",
      "flow using stages",
      "flow using events top 5 during last 4 weeks where device = phone",
    ])

  static func complete(_ parsed: inout ParsedStatement, _ resolver: Resolver) throws(Diagnostic) {
    parsed.clauses[.using] = .word(resolver.basis(parsed.clauses).rawValue)
  }

  static func query(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> FlowQuery {
    FlowQuery(
      naming: try resolver.naming(complete), top: complete.clauses.top, scope: try resolver.scope(complete))
  }
}
