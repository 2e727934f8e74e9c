import JourneyQuery
import Language
import Rendering
import SourceText

/// `describe [NAME]`.
enum DescribeStatement: Question {
  static let form = Form(
    "describe", in: .ask,
    ["describe", .optional([.slot("name", .name(.store))])],
    summary: "what is in the events: names, properties, dates",
    meaning: """
      Customers, events and the span of dates; each event name with its counts; each property with its kind, how \
      often it is filled, and its commonest values.
      """,
    examples: [
      "describe",
      "describe shop",
    ])

  static func canonical(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> ParsedStatement {
    parsed
  }

  static func answer(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Answer {
    let executor = try session.executor(for: parsed.name("name"), at: parsed.span)
    let description = try session.attempt(at: parsed.span) { try executor.describe(event: nil, session.run) }
    return description.answer(asked: Forms.grammar.canonical(parsed))
  }

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    .answer(try session.ask(parsed))
  }
}
