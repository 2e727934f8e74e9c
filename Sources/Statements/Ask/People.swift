import JourneyQuery
import Language
import Rendering
import SourceText

/// `people $x [[lost] at STEP | skipped STAGE | back to STAGE | ahead to STAGE] …`.
enum PeopleStatement: Question {
  static let form = Form(
    "people", in: .ask,
    ["people", .result, .reached, .clauses(.ofPeople + [.as])],
    summary: "the customers behind an answer",
    meaning: """
      With at, those who reached a step; with lost at, those who reached it and not the next required one. A \
      step that occurs twice is named by its number from 1. Of an answer of conform: those who skipped a stage, or made \
      an extra visit back or ahead to one, from a given stage or from anywhere. Where and for keep some of them, judged \
      by their whole journeys. Saved with as, they stand wherever a segment may: for $lost, by $lost; all of them, \
      however many top lists.
      """,
    examples: [
      "people $main",
      "people $main lost at cart_added",
      "people $_ at 2 sort entered descending",
      "people $main lost at cart_added where device = phone with device, channel as phones",
      "people $main sort entered descending top 20",
      "conform as fit; people $fit skipped Purchase; people $fit back to Interest from Consideration",
    ])

  /// `$_` is written as the number it stands for now.
  static func canonical(_ parsed: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic)
    -> ParsedStatement
  {
    var canonical = try resolver.written(parsed)
    for (index, argument) in canonical.arguments.enumerated() {
      guard argument.label == "result", case .variable(let name) = argument.value else { continue }
      canonical.arguments[index].value = .variable(try resolver.written(saved: name))
    }
    return canonical
  }

  static func answer(_ canonical: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic)
    -> Answer
  {
    let query = try query(canonical, resolver)
    let executor = try session.executor(at: canonical.span)
    let report = try session.apart(at: canonical.span) { [run = session.run] () throws(ExecutionError) in
      try query.ask(executor, run)
    }
    var answer = query.answer(report)
    if let top = canonical.clauses.top, report.people.count > top {
      answer.notes.append("listed: \(top.grouped) of them")
    }
    // Properties are looked up of whom is listed, or may be.
    if canonical.clauses.sort == nil { answer.list(canonical.clauses.top) }
    try addColumns(of: canonical, to: &answer, resolver, executor, in: session)
    answer = try answer.sorted(by: canonical.clauses)
    answer.list(canonical.clauses.top)
    return answer
  }

  static func sortableColumns(
    _ parsed: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> [String] {
    try query(parsed, resolver).answer(PeopleReport(people: [])).sortableColumns
      + (try properties(parsed.clauses, resolver).map(\.name))
  }

  static func query(_ parsed: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> PeopleQuery {
    guard let name = parsed.variable("result") else { throw .incomplete(parsed) }
    var query = try source(parsed, of: name, resolver)
    var tests = query.scope.people.map { [$0] } ?? []
    if let condition = parsed.clauses.filter { tests.append(try resolver.people(PeopleSyntax(condition), of: .event)) }
    if let people = parsed.clauses.people { tests.append(try resolver.people(people)) }
    if !tests.isEmpty { query.scope.people = tests.count == 1 ? tests[0] : .and(tests) }
    return resolver.complete(query)
  }

  /// What each of the people has of the properties behind `with`: the first value that is not missing.
  private static func addColumns(
    of parsed: ParsedStatement, to answer: inout Answer, _ resolver: Resolver, _ executor: any Executor,
    in session: Session
  ) throws(Diagnostic) {
    let properties = try properties(parsed.clauses, resolver)
    guard !properties.isEmpty, !answer.tables.isEmpty else { return }
    answer.tables[0].columns += properties.map { Table.Column($0.name) }
    let customers = answer.tables[0].rows.map { row -> String in
      if case .text(let customer)? = row.first { customer } else { "" }
    }
    let values = try session.apart(at: parsed.span) { [run = session.run, properties] () throws(ExecutionError) in
      try customers.map { (customer) throws(ExecutionError) -> [Cell] in
        let journey = try executor.journey(of: customer, run)
        return properties.map { journey?.value(of: $0).map(Cell.init) ?? .missing }
      }
    }
    for (index, cells) in zip(answer.tables[0].rows.indices, values) { answer.tables[0].rows[index] += cells }
  }

  /// Those behind `with`.
  private static func properties(
    _ clauses: ClausesSyntax, _ resolver: Resolver
  ) throws(Diagnostic) -> [Vocabulary.StoreProperty] {
    try clauses.with.map { (name) throws(Diagnostic) in
      let property = try resolver.property(name)
      guard property.builtin == nil else {
        let vocabulary = resolver.vocabulary
        throw .unknown(
          .propertyUnknown, "property of people", name,
          among: vocabulary.properties.map(\.name) + vocabulary.customerNames)
      }
      return property
    }
  }

  /// Everyone that the statement means, before its clauses.
  private static func source(
    _ parsed: ParsedStatement, of name: NameSyntax, _ resolver: Resolver
  ) throws(Diagnostic) -> PeopleQuery {
    let deviates = parsed.name("stage") != nil
    let isConform = try resolver.savedQuestion(name).form == ConformStatement.form.name
    guard deviates || isConform else {
      let funnel = try resolver.savedFunnel(name)
      return PeopleQuery(funnel: funnel, part: try part(parsed, of: funnel, resolver))
    }
    let conform = try resolver.savedConform(name)
    if case .spot(let spot)? = parsed["spot"] {
      throw Diagnostic(
        .variableKind, "$\(name.text) is an answer of 'conform', which has no steps", at: spot.span,
        hint: "people $\(name.text) skipped STAGE, back to STAGE, ahead to STAGE")
    }
    return PeopleQuery(conform: conform, having: try deviations(parsed, of: conform))
  }

  /// What `skipped`, `back to` and `ahead to` mean: any of these; nil where none of them stands.
  private static func deviations(
    _ parsed: ParsedStatement, of conform: ConformQuery
  ) throws(Diagnostic) -> Set<ConformQuery.Deviation>? {
    let names = parsed.arguments.filter { $0.label == "stage" }.compactMap(\.value.asName)
    guard let name = names.first else { return nil }
    let stage = try conform.stage(name)
    if parsed.has("skipped") { return [.skipped(stage)] }
    let isBack = parsed.has("back")
    var origins: [Int?] = isBack ? [] : [nil]
    origins += isBack ? Array(conform.stages.indices.dropFirst(stage + 1)) : Array(0..<stage)
    if let named = names.dropFirst().first {
      let origin = try conform.origin(named)
      guard origins.contains(origin) else {
        throw Diagnostic(
          .deviationReversed, "from there no visit leads \(isBack ? "back" : "ahead") to '\(name.text)'",
          at: named.span,
          hint: "\(isBack ? "ahead" : "back") to \(name.text.writtenAsName())")
      }
      origins = [origin]
    }
    return Set(origins.map { .visited(stage, from: $0) })
  }

  private static func part(
    _ parsed: ParsedStatement, of funnel: FunnelQuery, _ resolver: Resolver
  ) throws(Diagnostic) -> PeopleQuery.Part {
    guard case .spot(let spot)? = parsed["spot"] else { return .all }
    let index = try resolver.index(of: spot, in: funnel.path)
    guard parsed.has("lost") else { return .reached(index) }
    guard !funnel.path.steps[index].isOptional else {
      throw Diagnostic(
        .spotOptional, "nobody is lost at a step that may be skipped", at: spot.span,
        hint: "the required step before it")
    }
    return .lost(index)
  }
}

extension Answer {
  /// Keeps so many of the first rows; all of them where it is nil.
  fileprivate mutating func list(_ top: Int?) {
    guard let top, !tables.isEmpty else { return }
    tables[0].rows = Array(tables[0].rows.prefix(top))
    tables[0].sortableRows = tables[0].rows.count
  }
}

extension PeopleSyntax {
  /// A condition asked of persons: of each property the first value that is not missing.
  fileprivate init(_ condition: ConditionSyntax) {
    switch condition {
    case .test(let test): self = .test(.property(test))
    case .not(let inner): self = .not(PeopleSyntax(inner))
    case .and(let parts): self = .and(parts.map(PeopleSyntax.init))
    case .or(let parts): self = .or(parts.map(PeopleSyntax.init))
    }
  }
}

extension Journey {
  /// What the customer has of a property; of one of events the first value that is not missing.
  fileprivate func value(of property: Vocabulary.StoreProperty) -> Value? {
    if let own = property.ofCustomer { return properties.first { $0.name == own }?.value }
    return events.lazy.compactMap { $0.properties.first { $0.name == property.name }?.value }.first
  }
}

extension Cell {
  /// A value of a property as a cell.
  fileprivate init(_ value: Value) {
    switch value {
    case .text(let text): self = .text(text)
    case .number(let number): self = .number(number)
    case .truth(let truth): self = .truth(truth)
    case .date(let range): self = .instant(range.lowerBound)
    }
  }
}

extension Syntax {
  /// `[lost] at SPOT`, labels `lost`, `at`, `spot`; and `skipped STAGE`, `back to STAGE [from STAGE]`, `ahead to STAGE [from STAGE]`, labels
  /// of these words and `stage`.
  static let reached: Syntax = .optional([
    .choice([
      ["lost", "at", .slot("spot", .spot)], ["at", .slot("spot", .spot)], ["skipped", .stage],
      ["back", "to", .stage, .origin], ["ahead", "to", .stage, .origin],
    ])
  ])
  private static let stage: Syntax = .slot("stage", .name(.element(.stage)))
  /// From which stage a visit leads.
  private static let origin: Syntax = .optional(["from", .stage])
}

extension [Clause] {
  /// Of the people behind an answer.
  static let ofPeople: [Clause] = [
    .where.taking("Keeps the people who pass, of each property by the first value that is not missing."), .for, .sort,
    .top.taking("How many are listed: the first in the order of sort; all of them, unless said."),
    .with.taking("The properties that are shown of each, by the first value that is not missing."),
  ]
}

extension DiagnosticCode {
  package static let spotOptional = DiagnosticCode(
    "spot.optional", "Nobody is lost at a step that may be skipped; ask at the required step before it.")
  package static let deviationReversed = DiagnosticCode(
    "deviation.reversed", "A visit leads back to an earlier stage of the map and ahead to a later one.")
}
