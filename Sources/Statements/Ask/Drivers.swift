import JourneyQuery
import Language
import Rendering
import SourceText

/// `drivers of QUESTION …`: who is behind a rate, or behind its change.
enum DriversStatement: EventQuestion {
  static let form = Form(
    "drivers", in: .ask,
    [
      "drivers", "of", .choice([[.slot("question", .question)], [.result]]),
      .clauses(
        clauses.map { clause in
          switch clause {
          case .vs: .vs.taking("The dates that those of during are held against. Without it: who converts.")
          case .sort: .sort.taking("The column that rows are sorted by, the smallest first unless descending.")
          case .top:
            .top.taking(
              "How many values, and how many events, are shown: those with the largest effect.", standard: "10")
          default: clause
          }
        }),
    ],
    summary: "who is behind a change of conversion, or who converts",
    meaning: """
      Of every property of events and people, and of weekday and hour, all values are read at the first step, and held against each \
      other; properties of more than 200 values are left out. With vs, each value's effect on the change of conversion is the sum of two: \
      that its own rate changed (rate effect), and that it became more or less common (mix effect). All values of one property sum to \
      the whole change, so that effects of different properties are different views of the same. Without vs, \
      those with a value are held against those without, and so are those with and without each other event on the \
      way. Values are told apart by a test that considers how many are looked at. What goes along with conversion need not cause it.
      """,
    examples: [
      "drivers of funnel checkout_started -> purchase within 1d during 2025-Q2 vs previous",
      "drivers of funnel visit -> purchase within 7d for device = phone top 5",
    ])

  static let severalBy: [Clause] = []

  /// What a funnel uses, but for what cuts it into several.
  private static let clauses: [Clause] = [Clause].ofPaths.filter { ![.by, .at, .per].contains($0) }

  /// The question with all written out, also what a variable stood for; what both places of clauses say is one.
  static func canonical(_ parsed: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic)
    -> ParsedStatement
  {
    try parsed.placing { () throws(Diagnostic) in
      let asked = try asked(parsed, resolver)
      let complete = try FunnelStatement.canonical(asked.without(own), resolver, in: session)
      var whole = parsed.asking(complete)
      whole.clauses[.vs] = asked.clauses[.vs]
      return try completed(whole, resolver)
    }
  }

  /// Clauses that say how drivers are told, not of which funnel.
  private static let own: [Clause] = [.vs, .sort, .top, .as]

  /// Funnels that have the rate of another question.
  private static let funnels = [
    SessionsStatement.form.name: "* -> * entry first counting sessions",
    RetentionStatement.form.name: "visit -> visit within 7d",
  ]

  /// The funnel with all its clauses.
  private static func asked(_ parsed: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> ParsedStatement {
    let asked = try parsed.innerQuestion(resolver)
    guard asked.form == FunnelStatement.form.name else {
      throw Diagnostic(
        .driversRate, "'\(asked.form)' is no funnel: drivers are those of a conversion", at: parsed.placeOfInner,
        hint: "drivers of funnel \(funnels[asked.form] ?? "visit -> purchase")")
    }
    // What a saved funnel was cut by.
    return asked.without([.by, .at, .per])
  }

  static func query(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> DriversQuery {
    let funnel = try asked(complete, resolver).without(own)
    let query = try FunnelStatement.stretch(of: FunnelStatement.chains(funnel, resolver), funnel)
    return DriversQuery(
      funnel: query, versus: try resolver.versus(complete.clauses), properties: try properties(of: query, resolver),
      top: try complete.needed(\.top))
  }

  /// All that is looked at: what the store has, what is known of people, and of what every event has what may tell something.
  private static func properties(of funnel: FunnelQuery, _ resolver: Resolver) throws(Diagnostic) -> [String] {
    let vocabulary = resolver.vocabulary
    let start = funnel.path.steps[0].step.alternatives
    let isOfOneEvent = start.allSatisfy { $0.event != nil && $0.event == start[0].event }
    let builtins: [BuiltinProperty] = (isOfOneEvent ? [] : [.event]) + [.weekday, .hour]
    let names =
      vocabulary.properties.map(\.name) + vocabulary.people.map { vocabulary.name(ofCustomers: $0.name) }
      + builtins.map(vocabulary.name)
    return try names.map { (name) throws(Diagnostic) in
      try resolver.property(NameSyntax(text: name, isQuoted: true, span: 0..<0)).name
    }
  }

  static func telling(
    _ canonical: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> @Sendable (DriversQuery, DriversReport) -> Answer {
    { query, report in
      var answer = query.answer(report)
      answer.warnings += warnings(query, report)
      return answer
    }
  }

  private static func warnings(_ query: DriversQuery, _ report: DriversReport) -> [Answer.Warning] {
    guard let before = query.versus else {
      return report.events.isEmpty
        ? []
        : [
          Answer.Warning(
            code: .compareByBehaviour,
            message:
              "events are what customers did: whoever did them may differ from the start, and who converts early has less "
              + "time for them; they go along with conversion and need not cause it")
        ]
    }
    let sides = query.sides(report)
    return [ComparisonWarnings(first: sides.first, second: sides.second).window].compactMap(\.self)
      + ComparisonWarnings.spans(
        [query.scope.during, before].compactMap(\.self), of: report.basis, in: query.scope.zone)
  }

  static func sortableColumns(
    _ parsed: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> [String] {
    try columnsWithoutEvents(canonical(parsed, resolver, in: session), resolver, in: session)
  }

  static func rules(of canonical: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> [String] {
    let query = try query(canonical, resolver)
    let others = query.versus == nil ? "; and which other events happened on the way" : ""
    return FunnelExplanation(query: query.funnel).lines
      + ["- Looked at, as they are at the first step: \(query.properties.joined(separator: ", "))\(others)."]
  }
}

extension DiagnosticCode {
  package static let driversRate = DiagnosticCode(
    "drivers.rate", "The question has no rate whose drivers are told; the hint shows one that has.")
}
