import Language
import SourceText
import Workspace

/// `load sample NAME`: loads a built-in map with events.
enum LoadSampleStatement: Statement {
  static let form = Form(
    "load sample", in: .data,
    ["load", "sample", .slot("name", .name(.sample))],
    summary: "load a built-in map with events to try things on",
    meaning: """
      The sample shop sells fashion accessories: a map of five stages and the events of 20,000 simulated \
      customers, the same on every machine.
      """,
    examples: [
      "load sample shop",
      "load sample \"shop\"",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let name = parsed.name("name") else { throw .incomplete(parsed) }
    guard name.text == Sample.name else {
      throw .unknown("sample.unknown", "sample", name, among: [Sample.name])
    }
    let map = try Sample.map()
    let events = Sample.events()
    try session.attempt(at: parsed.span) {
      try session.workspace.transaction {
        let statement = Forms.grammar.canonical(parsed)
        try session.workspace.addMap(map, replacing: true, at: session.now(), statement: statement)
        try session.workspace.saveEvents(events, as: Sample.name, at: session.now())
      }
    }
    return .text(Sample.greeting(map, events))
  }
}
