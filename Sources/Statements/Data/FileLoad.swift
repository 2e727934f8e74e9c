import EventStore
import Interchange
import JourneyTime
import Language
import SourceText
import Workspace

/// A file that was read for a `load` statement, and is not saved yet.
struct FileLoad {
  let loaded: LoadedEvents
  /// What is kept of it, so that loading it again can be refused.
  let source: LoadedSource
  /// As the statement names the file, without what nobody is to see.
  let shown: String
  /// Ids are left apart because they were when the same contents were loaded before.
  private(set) var staysApart = false

  /// Where rows go where no name is given.
  static let standardName = "main"

  /// Reads the file of a statement whose slots are `file`, `role`, `column`, `zone` and the word `again`.
  ///
  /// - Parameters:
  ///   - store: the events or the survey the rows go to; empty where there is only one place for them.
  ///   - scores: of a survey, what answers may be.
  init(
    of kind: RowKind, into store: String = "", scores: ClosedRange<Int>? = nil, _ parsed: ParsedStatement,
    in session: Session
  ) throws(Diagnostic) {
    guard let written = parsed.text("file") else { throw .incomplete(parsed) }
    let progress = session.loadProgress(of: ServerAddress(written)?.shown ?? written)
    let span = parsed.span(of: "file")
    let file = try Self.open(written, of: kind, at: span, in: session, progress)
    let zone = if let given = try Self.zone(parsed) { given } else { try session.zone }
    var options = LoadOptions(
      kind, roles: try Self.roles(parsed), zone: zone, isZoneGiven: parsed.has("zone"),
      maxBadShare: session.maxBadShare, memory: session.memory, spillFolder: session.spillFolder)
    if let scores { options.scores = scores }
    let target = Target(kind: kind, store: store)
    if kind == .events {
      options.identities = try session.attempt(session.workspace.identities())
      if !parsed.has("identities") { staysApart = try target.wasLeftApart(file, parsed, in: session, progress) }
      options.joinsIds = !parsed.has("identities") && !staysApart
    }
    try target.refuseAgain(file, parsed, in: session, progress)
    let loaded = try Diagnostic.locating(reading: written, at: span) { () throws(Diagnostic) in
      try file.load(options, progress: progress)
    }
    try Self.checkOriginals(of: loaded, options, span)
    if file.isRemote { try target.refuseAgain(file, parsed, in: session, progress) }
    var source = target.source(of: file, try Self.fingerprint(of: file, at: span, progress), at: session.now())
    (source.rows, source.badRows) = (loaded.summary.rows, loaded.summary.badRows)
    source.roles = loaded.summary.roles.map { "\($0.role.rawValue) \($0.column.writtenAsName())" }
      .joined(separator: " ")
    if kind == .events, !options.joinsIds { source.roles += Target.apart }
    (self.loaded, self.source, shown) = (loaded, source, file.isRemote ? file.name : written)
  }

  /// Where ids are joined, the property that keeps those of events is Waymark's.
  private static func checkOriginals(
    of loaded: LoadedEvents, _ options: LoadOptions, _ span: Range<Int>?
  ) throws(Diagnostic) {
    let same = loaded.summary.properties.count { $0.name == EventStore.originalID }
    guard options.identities ?? loaded.identities?.map != nil, same > 1 else { return }
    throw .originalsTaken(
      "the file has a column \(EventStore.originalID)", at: span, isJoining: options.identities == nil)
  }

  /// A file, or a part of one that is named behind a `#`; the table of a server.
  private static func open(
    _ written: String, of kind: RowKind, at span: Range<Int>?, in session: Session, _ progress: LoadProgress
  ) throws(Diagnostic) -> EventFile {
    if let server = ServerAddress(written) {
      return try Diagnostic.locating(at: span) { () throws(Diagnostic) in
        try EventFile(server, of: kind, duckDB: session.duckDB(), progress: progress)
      }
    }
    let (file, part) = try session.files.existingPart(written, at: span)
    return try Diagnostic.locating(reading: written, at: span) { () throws(Diagnostic) in
      try EventFile(file, of: kind, part: part, duckDB: session.duckDB(), progress: progress)
    }
  }

  private static func roles(_ parsed: ParsedStatement) throws(Diagnostic) -> [ColumnRole: ColumnReference] {
    var roles: [ColumnRole: ColumnReference] = [:]
    var role: ColumnRole?
    for argument in parsed.arguments {
      switch (argument.label, argument.value) {
      case ("role", .word(let word)):
        guard let known = ColumnRole(rawValue: word) else { throw .incomplete(parsed) }
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

  private static func fingerprint(
    of file: EventFile, at span: Range<Int>?, _ progress: LoadProgress
  ) throws(Diagnostic) -> UInt64 {
    try Diagnostic.locating(at: span) { () throws(Diagnostic) in try file.fingerprint(progress: progress) }
  }

  /// Where rows go.
  private struct Target {
    let kind: RowKind
    let store: String

    /// The same contents are taken once, unless `again` is said. People and their ids are
    /// known once however often they are loaded.
    func refuseAgain(
      _ file: EventFile, _ parsed: ParsedStatement, in session: Session, _ progress: LoadProgress
    ) throws(Diagnostic) {
      guard kind != .customers, kind != .identities, !parsed.has("again") else { return }
      guard let known = try same(as: file, parsed, in: session, progress) else { return }
      let place = store.isEmpty ? "was loaded" : "is in '\(store)'"
      throw Diagnostic(
        .loadAgain,
        "'\(known.file)' with the same contents \(place) already; again would count its \(kind.noun)s twice",
        at: parsed.span(of: "file"),
        hint: Self.again(parsed))
    }

    /// Behind the roles of a load whose ids were left apart.
    static let apart = " identities no"

    /// Whether what is loaded again was loaded so before.
    func wasLeftApart(
      _ file: EventFile, _ parsed: ParsedStatement, in session: Session, _ progress: LoadProgress
    ) throws(Diagnostic) -> Bool {
      guard parsed.has("again"), !file.isRemote, let known = try same(as: file, parsed, in: session, progress) else {
        return false
      }
      return known.roles.hasSuffix(Self.apart)
    }

    /// The load that brought the same contents. Only a file of the same size can have them.
    private func same(
      as file: EventFile, _ parsed: ParsedStatement, in session: Session, _ progress: LoadProgress
    ) throws(Diagnostic) -> LoadedSource? {
      let sources = try session.attempt(session.workspace.sources())
      guard sources.contains(where: { $0.size == file.bytes && $0.kind == kind.rawValue }) else { return nil }
      let fingerprint = try FileLoad.fingerprint(of: file, at: parsed.span(of: "file"), progress)
      return try session.attempt(session.workspace.source(like: source(of: file, fingerprint, at: session.now())))
    }

    /// The statement with the word, which stands before the name.
    private static func again(_ parsed: ParsedStatement) -> String {
      let text = Forms.grammar.canonical(parsed)
      let name = parsed.name("name").map { " as " + $0.text.writtenAsName() } ?? ""
      guard !name.isEmpty, text.hasSuffix(name) else { return text + " again" }
      return text.dropLast(name.count) + " again" + name
    }

    func source(of file: EventFile, _ fingerprint: UInt64, at time: Instant) -> LoadedSource {
      LoadedSource(
        kind: kind.rawValue, store: store, file: file.name, size: file.bytes,
        fingerprint: String(fingerprint, radix: 16), rows: 0, badRows: 0, at: time, roles: "")
    }
  }
}

extension Syntax {
  /// Which column of a file of such rows is what; labels `role` and `column`, in pairs.
  static func roles(of kind: RowKind) -> Syntax {
    .repeated([.slot("role", .oneOf(kind.roles.map(\.rawValue))), .slot("column", .column)])
  }
}

extension DiagnosticCode {
  package static let loadAgain = DiagnosticCode(
    "load.again", "The same contents were loaded before; again loads them a second time.")
  package static let roleRepeated = DiagnosticCode(
    "role.repeated", "A role is given twice.")
  package static let zoneUnknown = DiagnosticCode(
    "zone.unknown", "No time zone has this name. Names are those of the IANA database: Europe/Oslo, UTC.")
}
