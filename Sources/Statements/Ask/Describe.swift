import JourneyQuery
import Language
import Rendering
import SourceText

/// `describe [NAME]`, `describe columns`.
enum DescribeStatement: Question {
  static let form = Form(
    "describe", in: .ask,
    ["describe", .optional([.choice([["columns"], [.slot("name", .name(.store))]])])],
    summary: "what is in the events: names, properties, dates",
    meaning: """
      Customers, events and the span of dates; each event name with its counts; each property with its kind, how \
      often it is filled, and its commonest values. With columns, what each column takes in the file and, as far as it \
      is decoded at that moment, in memory.
      """,
    examples: [
      "describe",
      "describe shop",
      "describe columns",
    ])

  static func answer(_ parsed: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic) -> Answer
  {
    let name = parsed.name("name")
    let executor = try session.executor(for: name, at: parsed.span)
    let description = try session.apart(at: parsed.span) { [run = session.run] in
      try executor.describe(event: nil, run)
    }
    guard parsed.has("columns") else { return description.answer() }
    return try session.attempt(at: parsed.span) {
      guard let store = try session.workspace.activeEventsName() else { return Answer() }
      return Answer(tables: [try session.workspace.columnSizes(of: store).table(events: description.events)])
    }
  }

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    .answer(try session.ask(parsed))
  }
}
