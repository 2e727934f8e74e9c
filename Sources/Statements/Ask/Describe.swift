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
      often it is filled, and its commonest values; what each column takes in the file and, as far as it is decoded at \
      that moment, in memory.
      """,
    examples: [
      "describe",
      "describe shop",
    ])

  static func answer(_ parsed: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic) -> Answer
  {
    let name = parsed.name("name")
    let executor = try session.executor(for: name, at: parsed.span)
    let description = try session.apart(at: parsed.span) { [run = session.run] in
      try executor.describe(event: nil, run)
    }
    return try session.attempt(at: parsed.span) {
      var answer = description.answer()
      if let store = try name?.text ?? session.workspace.activeEventsName() {
        answer.tables.append(try session.workspace.columnSizes(of: store).table(events: description.events))
      }
      return answer
    }
  }

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    .answer(try session.ask(parsed))
  }
}
