import EventStore
import JourneyEngine
import JourneyQuery
import Language
import Rendering
import SourceText
import Workspace

/// `describe [NAME]`, `describe columns`.
enum DescribeStatement: Question {
  static let form = Form(
    "describe", in: .ask,
    [
      "describe",
      .optional([
        .choice([
          ["columns"], ["customers"], ["spend"], ["survey", .optional([.slot("survey", .name(.survey))])],
          [.slot("name", .name(.store))],
        ])
      ]),
    ],
    summary: "what is in the events; in a survey, of customers, of spend",
    meaning: """
      Customers, events and the span of dates; each event name with its counts; each property with its kind, how \
      often it is filled, and its commonest values. With columns, what each column takes in the file and, as far as it \
      is decoded at that moment, in memory. Customers counts those without events, too; a survey is the one in use unless it is named.
      """,
    examples: [
      "describe",
      "describe shop",
      "describe columns",
      "describe customers",
      "describe survey",
      "describe spend",
    ])

  static func answer(_ parsed: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic) -> Answer
  {
    if parsed.word("customers") != nil { return try customers(in: session, at: parsed.span) }
    if parsed.word("spend") != nil { return try session.spend(at: parsed.span).answer(in: session.zone) }
    if parsed.word("survey") != nil { return try survey(parsed, in: session) }
    let executor = try session.executor(for: parsed.name("name"), at: parsed.span)
    if parsed.has("columns") { return try columns(in: session, at: parsed.span) }
    var answer = try session.apart(at: parsed.span) { [run = session.run] () throws(ExecutionError) in
      try executor.describe(event: nil, run)
    }.answer()
    if let joined = try joined(parsed.name("name")?.text, in: session, at: parsed.span) { answer.notes.append(joined) }
    return answer
  }

  /// How many ids the customers of events were, where identities are loaded.
  private static func joined(
    _ name: String?, in session: Session, at span: Range<Int>
  ) throws(Diagnostic) -> String? {
    try session.attempt(at: span) { () throws(WorkspaceError) -> String? in
      let workspace = session.workspace
      let active = try workspace.activeEventsName()
      guard try workspace.identities() != nil, let name = name ?? active,
        let stored = try workspace.storedEvents().first(where: { $0.name == name }),
        let ids = try workspace.properties(of: name).first(where: { $0.name == EventStore.originalID })?.values
      else { return nil }
      return "joined: \(ids.counted("id")) of events to \(stored.customers.counted("customer"))"
    }
  }

  /// How many people are known, how many of them have events, and what is known of them.
  private static func customers(in session: Session, at span: Range<Int>) throws(Diagnostic) -> Answer {
    let source = try session.customerSource(at: span)
    let described = try description(of: EmbeddedEngine(source.described), in: session, at: span)
    var met: (found: Int, all: Int)?
    if try session.activeSource != nil {
      met = (try session.countCustomers(among: source.customers, at: span), try session.countCustomers(at: span))
    }
    return described.customersAnswer(met)
  }

  private static func survey(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Answer {
    let source = try session.answers(of: session.survey(parsed.name("survey"), at: parsed.span))
    let described = try description(of: source.engine, in: session, at: parsed.span)
    let nameless = source.store.find(customer: "").map { source.store.buckets[$0.bucket].rows(of: $0.index).count } ?? 0
    return described.surveyAnswer(source.survey.name, source.scale, nameless: nameless)
  }

  private static func description(
    of engine: EmbeddedEngine, in session: Session, at span: Range<Int>
  ) throws(Diagnostic) -> StoreDescription {
    try session.apart(at: span) { [run = session.run] () throws(ExecutionError) in
      try engine.describe(event: nil, run)
    }
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
