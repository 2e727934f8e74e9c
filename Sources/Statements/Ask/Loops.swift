import JourneyQuery
import Language
import Rendering
import SourceText

/// `loops [STEP] …`: where journeys go back.
enum LoopsStatement: Question {
  static let form = Form(
    "loops", in: .ask,
    ["loops", .optional([.slot("one", .one)]), .clauses([.where, .for, .by, .during, .top, .using, .as])],
    summary: "where journeys go back, and how often",
    meaning: """
      With a map: steps from a stage to an earlier one; events on no stage are left out. Without one, or using \
      touchpoints or events: steps to one already taken. Of a step: only returns to it, from whatever came right \
      before. A row per pair, the 10 commonest, the rest as (other); by is read at the event that goes back.
      """,
    examples: [
      "loops",
      "loops product_viewed",
      "loops using events top 5 by device",
    ])

  static func canonical(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> ParsedStatement {
    let resolver = try session.resolver()
    var full = try resolver.written(parsed)
    full.clauses.top = parsed.clauses.top ?? 10
    full.clauses.using = [try resolver.loopsBasis(parsed).rawValue]
    return full
  }

  static func answer(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Answer {
    let query = try session.resolver().loops(parsed)
    let executor = try session.executor(at: parsed.span)
    let report = try session.attempt(at: parsed.span) { try executor.loops(query, session.run) }
    return report.answer(to: query, asked: Forms.grammar.canonical(parsed))
  }
}
