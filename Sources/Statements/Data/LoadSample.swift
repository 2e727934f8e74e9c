import EventStore
import Language
import Simulation
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
      customers, the same on every machine; beside them a survey, what a CRM knows, which cookies are whose, and what channels cost.
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
    let journeys = Sample.journeys()
    let people = ShopPeople(journeys, seed: 11)
    // Ids of a store that has a property by the name of the one that keeps them cannot be joined.
    let cookies = (try? session.checkOriginals(at: parsed.span)) == nil ? [] : people.cookies
    let known = try session.attempt(session.workspace.identities())
    var identities = known ?? IdentityMap()
    for pair in cookies { _ = identities.join(pair.device, with: pair.customer) }
    let events = EventStore(
      rows: journeys.flatMap(\.rows), identities: known == nil && cookies.isEmpty ? nil : identities)
    let hadNothingToLose = !session.workspace.hasUnsavedChanges
    let (workspace, now) = (session.workspace, session.now())
    try session.attempt(at: parsed.span) { () throws(WorkspaceError) in
      try workspace.addIdentities(
        cookies, joinedAs: identities, from: Sample.source("identities", rows: cookies.count, at: now),
        at: now, session.rowRoom, besideEvents: Sample.name
      ) { () throws(WorkspaceError) in
        // A map that is here already may have been edited: it stays as it is.
        if try workspace.mapNames().contains(map.name) {
          try workspace.useMap(map.name)
        } else {
          try workspace.addMap(map, at: now, statement: Forms.grammar.canonical(parsed))
        }
        try workspace.saveEvents(
          events, as: Sample.name, from: Sample.source(kind, store: Sample.name, rows: events.eventCount, at: now),
          at: now)
        try Sample.add(people, to: workspace, at: now)
      }
    }
    // What is built in can be had again: leaving with nothing else need not ask.
    if hadNothingToLose { session.workspace.hasUnsavedChanges = false }
    return .done(Sample.greeting(map, events, isJoined: !cookies.isEmpty))
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
