import JourneyQuery
import Language
import Rendering
import SourceText

/// `paths [from | to | around STEP] …`: the sequences of steps that customers take.
enum PathsStatement: Question {
  static let form = Form(
    "paths", in: .ask,
    [
      "paths", .optional([.oneWord("side", PathsQuery.Side.allCases.map(\.rawValue)), .slot("one", .one)]),
      .clauses([.where, .for, .by, .during, .depth, .top, .using, .as]),
    ],
    summary: "which sequences of steps customers take",
    meaning: """
      Events are named by touchpoints of the map, or as using says; then equal ones in a row are one step. A path is \
      the first 5 steps of a journey, or as many as depth says: from a step they start at its first event, to a step \
      they stand before it, around it on each side. Each customer counts once. A row per path, the 10 commonest, the \
      rest as (other); by makes such rows for each group. During bounds the event of the step, without one all events.
      """,
    examples: [
      "paths",
      "paths to purchase depth 3",
      "paths around Cart depth 2 using stages by device",
      "paths from visit using events top 5 during 2025-Q2",
    ])

  static func canonical(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> ParsedStatement {
    let resolver = try session.resolver()
    var full = try resolver.written(parsed)
    full.clauses.depth = parsed.clauses.depth ?? 5
    full.clauses.top = parsed.clauses.top ?? 10
    full.clauses.using = [try resolver.basis(parsed.clauses).rawValue]
    return full
  }

  static func answer(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Answer {
    let query = try session.resolver().paths(parsed)
    let executor = try session.executor(at: parsed.span)
    let report = try session.attempt(at: parsed.span) { try executor.paths(query, session.run) }
    return report.answer(to: query, asked: Forms.grammar.canonical(parsed))
  }
}
