import JourneyQuery
import Language
import Rendering
import SourceText

/// `value [of PROPERTY] …`: what customers bring.
enum ValueStatement: Question {
  static let form = Form(
    "value", in: .ask,
    ["value", .optional(["of", .slot("property", .name(.property))]), .clauses(.ofEvents)],
    summary: "what customers bring: a number property added up",
    meaning: """
      The property is revenue unless of names another. A customer's value is its sum over their events; those \
      without any are not counted. During bounds all events. By and per read each event, so a customer may stand \
      in several rows; groups come by their totals, the largest first.
      """,
    examples: [
      "value of revenue",
      "value by channel",
      "value per month during 2025-Q2 for device = phone",
    ])

  static func canonical(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> ParsedStatement {
    let resolver = try session.resolver()
    var full = try resolver.written(parsed)
    if !parsed.has("of") {
      let name = NameSyntax(text: Resolver.defaultValueProperty, isQuoted: false, span: parsed.span)
      full.complete("of", "property", with: .name(name))
    }
    if !parsed.clauses.by.isEmpty { full.clauses.top = parsed.clauses.top ?? 10 }
    return full
  }

  static func answer(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Answer {
    let query = try session.resolver().value(parsed)
    let executor = try session.executor(at: parsed.span)
    let report = try session.attempt(at: parsed.span) { try executor.value(query, session.run) }
    return report.answer(to: query, asked: Forms.grammar.canonical(parsed))
  }
}
