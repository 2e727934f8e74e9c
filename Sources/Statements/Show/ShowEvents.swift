import JourneyQuery
import Language
import Rendering
import SourceText

/// `show events [NAME]`.
enum ShowEventsStatement: Statement {
  static let form = Form(
    "show events", in: .teach,
    ["show", "events", .optional([.slot("events", .name(.store))])],
    summary: "list the events of a store with their counts",
    meaning: """
      Of the store in use, or of the one named.
      """,
    examples: [
      "show events",
      "show events shop",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let executor = try session.executor(for: parsed.name("events"), at: parsed.span)
    let description = try session.apart(at: parsed.span) { [run = session.run] () throws(ExecutionError) in
      try executor.describe(event: nil, run)
    }
    return .answer(description.eventsAnswer())
  }
}
