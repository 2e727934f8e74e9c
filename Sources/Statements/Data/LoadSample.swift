import EventStore
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
      customers, the same on every machine; beside them a survey, what a CRM knows, and what channels cost.
      """,
    examples: [
      "load sample shop",
      "load sample \"shop\"",
    ])

  /// Of the source that the workspace keeps.
  static let kind = "sample"

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let name = parsed.name("name") else { throw .incomplete(parsed) }
    guard name.text == Sample.name else {
      throw .unknown(.sampleUnknown, "sample", name, among: [Sample.name])
    }
    try keepOthers(named: name, in: session)
    let map = try Sample.map()
    let rows = Sample.rows()
    let events = EventStore(rows: rows)
    let hadNothingToLose = !session.workspace.hasUnsavedChanges
    try session.attempt(at: parsed.span) { () throws(WorkspaceError) in
      try session.workspace.transaction { () throws(WorkspaceError) in
        let statement = Forms.grammar.canonical(parsed)
        // A map that is here already may have been edited: it stays as it is.
        if try session.workspace.mapNames().contains(map.name) {
          try session.workspace.useMap(map.name)
        } else {
          try session.workspace.addMap(map, at: session.now(), statement: statement)
        }
        let source = LoadedSource(
          kind: kind, store: Sample.name, file: Sample.name, size: 0, fingerprint: Sample.name,
          rows: events.eventCount, badRows: 0, at: session.now(), roles: "")
        try session.workspace.saveEvents(events, as: Sample.name, from: source, at: session.now())
        try Sample.addPeople(rows, to: session.workspace, at: session.now())
      }
    }
    // What is built in can be had again: leaving with nothing else need not ask.
    if hadNothingToLose { session.workspace.hasUnsavedChanges = false }
    return .done(Sample.greeting(map, events))
  }

  /// Refuses to take the place of events that are not the sample's: they could not be brought back.
  private static func keepOthers(named name: NameSyntax, in session: Session) throws(Diagnostic) {
    guard try session.holdsEvents(Sample.name, otherThan: kind) else { return }
    throw Diagnostic(
      .sampleTaken, "events called '\(Sample.name)' are here already, and they are not the sample's", at: name.span,
      hint: "new workspace \"sample.waymark\"")
  }
}

extension DiagnosticCode {
  package static let sampleTaken = DiagnosticCode(
    "sample.taken", "Events of your own have the name of the sample, which does not replace them.")
  package static let sampleUnknown = DiagnosticCode(
    "sample.unknown", "No sample has this name; there is one, shop.")
}
