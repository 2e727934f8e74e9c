import EventStore
import Interchange
import JourneyTime
import Language
import SourceText
import Workspace

/// `load events FILE`: reads events into a store.
enum LoadEventsStatement: Statement {
  static let form = Form(
    "load events", in: .data,
    [
      "load", "events", .slot("file", .file), .eventRoles, .optional(["zone", .slot("zone", .text)]),
      .optional(["again"]),
      .named,
    ],
    summary: "read events from a table, JSON, XES, Parquet or a database",
    meaning: """
      What is read: \(EventFile.formats). Exports of Segment, Mixpanel, Amplitude, PostHog, GA4 and \
      Snowplow are known by their names; of several tables "shop.db#visits" names one. Columns are found by their names, \
      or given: customer, time and event are needed, order and session are \
      used when there, and all others become properties. A column is a name or its number from 1. Times without \
      an offset are read in the zone given, else in the zone of the workspace. A file that was loaded before is \
      refused unless again is said. Without as, the store is called main.
      """,
    examples: [
      "load events \"events.csv\"",
      "load events \"events.csv\" customer uid time ts event name zone \"Europe/Oslo\" as web",
      "load events \"headless.tsv\" customer 1 time 2 event 3",
    ])

  /// The store that events go to where none is named.
  static let defaultStore = "main"

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let written = parsed.text("file") else { throw .incomplete(parsed) }
    let store = parsed.name("name")?.text ?? defaultStore
    let progress = session.loadProgress(of: ServerAddress(written)?.shown ?? written)
    let span = parsed.span(of: "file")
    let file = try open(written, at: span, in: session, progress)
    let zone = if let given = try zone(parsed) { given } else { try session.zone }
    let options = LoadOptions(
      roles: try roles(parsed), zone: zone, isZoneGiven: parsed.has("zone"),
      maxBadShare: session.maxBadShare, memory: session.memory, spillFolder: session.spillFolder)
    try refuseAgain(file, to: store, parsed, in: session, progress)
    let loaded = try Diagnostic.locating(reading: written, at: span) { () throws(Diagnostic) in
      try file.load(options, progress: progress)
    }
    if file.isRemote { try refuseAgain(file, to: store, parsed, in: session, progress) }
    let fingerprint = try fingerprint(of: file, at: span, progress)
    let held = parsed.name("name") == nil ? try session.attempt(session.workspace.storedEvents()) : []
    let changed = try save(loaded, file, fingerprint, to: store, parsed, in: session)
    let shown = file.isRemote ? file.name : written
    return .done(
      LoadReport(
        loaded, file: shown, store: store, held: held.first { $0.name == store }?.events ?? 0, changedKinds: changed
      ).text)
  }

  /// A file, or a part of one that is named behind a `#`; the table of a server.
  private static func open(
    _ written: String, at span: Range<Int>?, in session: Session, _ progress: LoadProgress
  ) throws(Diagnostic) -> EventFile {
    if let server = ServerAddress(written) {
      return try Diagnostic.locating(at: span) { () throws(Diagnostic) in
        try EventFile(server, duckDB: session.duckDB(), progress: progress)
      }
    }
    let (file, part) = try session.files.existingPart(written, at: span)
    return try Diagnostic.locating(reading: written, at: span) { () throws(Diagnostic) in
      try EventFile(file, part: part, duckDB: session.duckDB(), progress: progress)
    }
  }

  /// The same contents are taken once, unless `again` is said. Only a file of the same size can have them.
  private static func refuseAgain(
    _ file: EventFile, to store: String, _ parsed: ParsedStatement, in session: Session, _ progress: LoadProgress
  ) throws(Diagnostic) {
    guard !parsed.has("again") else { return }
    let sources = try session.attempt(session.workspace.sources())
    guard sources.contains(where: { $0.size == file.bytes }) else { return }
    let fingerprint = try fingerprint(of: file, at: parsed.span(of: "file"), progress)
    let source = source(of: file, fingerprint, to: store, at: session.now())
    guard let known = try session.attempt(session.workspace.source(like: source)) else { return }
    throw Diagnostic(
      .loadAgain,
      "'\(known.file)' with the same contents is in '\(store)' already; again would count its events twice",
      at: parsed.span(of: "file"),
      hint: "\(Forms.grammar.canonical(parsed)) again")
  }

  private static func fingerprint(
    of file: EventFile, at span: Range<Int>?, _ progress: LoadProgress
  ) throws(Diagnostic) -> UInt64 {
    try Diagnostic.locating(at: span) { () throws(Diagnostic) in try file.fingerprint(progress: progress) }
  }

  private static func source(
    of file: EventFile, _ fingerprint: UInt64, to store: String, at time: Instant
  ) -> LoadedSource {
    LoadedSource(
      kind: "events", store: store, file: file.name, size: file.bytes,
      fingerprint: String(fingerprint, radix: 16), rows: 0, badRows: 0, at: time, roles: "")
  }

  private static func roles(_ parsed: ParsedStatement) throws(Diagnostic) -> [EventRole: ColumnReference] {
    var roles: [EventRole: ColumnReference] = [:]
    var role: EventRole?
    for argument in parsed.arguments {
      switch (argument.label, argument.value) {
      case ("role", .word(let word)):
        guard let known = EventRole(rawValue: word) else { throw .incomplete(parsed) }
        guard roles[known] == nil else {
          throw Diagnostic(.roleRepeated, "'\(word)' is given twice", at: argument.span)
        }
        role = known
      case ("column", .name(let name)): if let role { roles[role] = .name(name.text) }
      case ("column", .number(let number)): if let role { roles[role] = .number(number) }
      default: continue
      }
    }
    return roles
  }

  private static func zone(_ parsed: ParsedStatement) throws(Diagnostic) -> Zone? {
    guard let name = parsed.text("zone") else { return nil }
    guard let zone = Zone(name) else {
      throw Diagnostic(
        .zoneUnknown, "no zone is called '\(name)'", at: parsed.span(of: "zone"), hint: "\"Europe/Oslo\"")
    }
    return zone
  }

  /// Adds the events to the store in one transaction; gives the properties whose kind changed by it.
  private static func save(
    _ loaded: LoadedEvents, _ file: EventFile, _ fingerprint: UInt64, to store: String, _ parsed: ParsedStatement,
    in session: Session
  ) throws(Diagnostic) -> [EventStore.KindChange] {
    var source = source(of: file, fingerprint, to: store, at: session.now())
    (source.rows, source.badRows) = (loaded.summary.rows, loaded.summary.badRows)
    source.roles = loaded.summary.roles.map { "\($0.role.rawValue) \($0.column.writtenAsName())" }
      .joined(separator: " ")
    return try session.attempt(at: parsed.span) { () throws(WorkspaceError) in
      try session.workspace.addEvents(loaded.draft, to: store, from: source, at: session.now()) { share in
        session.progress?(share, "saving '\(store)'")
      }
    }
  }
}

extension Syntax {
  /// Which column of a file of events is what; labels `role` and `column`, in pairs.
  static let eventRoles: Syntax = .repeated([
    .slot("role", .oneOf(EventRole.allCases.map(\.rawValue))), .slot("column", .column),
  ])
}

extension DiagnosticCode {
  package static let loadAgain = DiagnosticCode(
    "load.again", "The same contents were loaded before; again loads them a second time.")
  package static let roleRepeated = DiagnosticCode(
    "role.repeated", "A role is given twice.")
  package static let zoneUnknown = DiagnosticCode(
    "zone.unknown", "No time zone has this name. Names are those of the IANA database: Europe/Oslo, UTC.")
}
