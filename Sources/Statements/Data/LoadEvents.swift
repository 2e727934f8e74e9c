import EventStore
import Interchange
import Language
import SourceText
import Workspace

/// `load events FILE`: reads events into a store.
enum LoadEventsStatement: Statement {
  static let form = Form(
    "load events", in: .data,
    [
      "load", "events", .slot("file", .file), .roles(of: .events), .optional(["zone", .slot("zone", .text)]),
      .optional(["identities", "no"]), .optional(["again"]), .named,
    ],
    summary: "read events from a table, JSON, XES, Parquet or a database",
    meaning: """
      What is read: \(EventFile.formats). Exports of Segment, Mixpanel, Amplitude, PostHog, GA4 and \
      Snowplow are known by their names; of several tables "shop.db#visits" names one. Columns are found by their names, \
      or given: customer, time and event are needed, order and session are \
      used when there, and all others become properties. A column is a name or its number from 1. Times without \
      an offset are read in the zone given, else in the zone of the workspace. Where an export has two ids in a row, as a device's beside \
      a user's, or device says which column is one, they are one person's, as with load identities; identities no leaves them apart. A file that was loaded before is \
      refused unless again is said. Without as, the store is called main.
      """,
    examples: [
      "load events \"events.csv\"",
      "load events \"events.csv\" customer uid time ts event name zone \"Europe/Oslo\" as web",
      "load events \"headless.tsv\" customer 1 time 2 event 3",
      "load events \"events.csv\" identities no as apart",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let store = parsed.name("name")?.text ?? FileLoad.standardName
    let load = try FileLoad(of: .events, into: store, parsed, in: session)
    let joined = load.loaded.identities
    if joined != nil { try session.checkOriginals(at: parsed.span, isJoining: true) }
    let held = parsed.name("name") == nil ? try session.attempt(session.workspace.storedEvents()) : []
    let (changed, rekeyed) = try session.attempt(at: parsed.span) { () throws(WorkspaceError) in
      try session.workspace.addEvents(
        load.loaded.draft, to: store, from: load.source, joining: joined?.pairs ?? [],
        joinedAs: joined?.map ?? IdentityMap(), at: session.now(), session.rowRoom
      ) { share in session.progress?(share, "saving '\(store)'") }
    }
    let whole: IdentityMap? = if joined == nil { nil } else { try session.attempt(session.workspace.identities()) }
    return .done(
      LoadReport(
        load, store: store, held: held.first { $0.name == store }?.events ?? 0,
        rekeyed: rekeyed, changedKinds: changed
      ).text,
      warnings: [whole?.warningOfAll(hint: "forget identities")].compactMap { $0 })
  }
}
