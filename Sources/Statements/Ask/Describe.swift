import JourneyQuery
import Language
import Rendering
import SourceText
import Workspace

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
    let executor = try session.executor(for: parsed.name("name"), at: parsed.span)
    if parsed.has("columns") { return try columns(in: session, at: parsed.span) }
    return try session.apart(at: parsed.span) { [run = session.run] () throws(ExecutionError) in
      try executor.describe(event: nil, run)
    }.answer()
  }

  private static func columns(in session: Session, at span: Range<Int>) throws(Diagnostic) -> Answer {
    try session.attempt(at: span) { () throws(WorkspaceError) in
      let active = try session.workspace.activeEventsName()
      guard let store = try session.workspace.storedEvents().first(where: { $0.name == active }) else {
        return Answer()
      }
      return Answer(tables: [try session.workspace.columnSizes(of: store.name).table(events: store.events)])
    }
  }

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    .answer(try session.ask(parsed))
  }
}
