import EventStore
import JourneyEngine
import JourneyQuery
import Language
import Rendering
import SourceText

/// One statement of the language: its form, and what it does. One file each; `Forms` lists them all.
protocol Statement: Sendable {
  static var form: Form { get }
  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply
  /// Columns that `sort` may name in a statement that may not be finished, as far as they follow from its words: no event is asked.
  static func sortableColumns(
    _ parsed: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> [String]
}

extension Statement {
  static func sortableColumns(
    _ parsed: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> [String] { [] }
}

/// A statement that asks and changes nothing; it may stand inside `let`, `assert`, `explain` and the meaning of a kpi.
protocol Question: Statement {
  /// The same question with every default written out and every variable replaced by what it stands for.
  static func canonical(_ parsed: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic)
    -> ParsedStatement
  /// Clauses that make several blocks of an answer, so that it has no one figure.
  static var severalBy: [Clause] { get }
  /// Answers a canonical question; whoever asked adds the sentence.
  static func answer(_ canonical: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic)
    -> Answer
  /// The rules of a canonical question in plain words, a line each, for `explain`.
  static func rules(of canonical: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> [String]
}

extension Question {
  static var severalBy: [Clause] { [.by, .per, .vs] }

  static func canonical(_ parsed: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic)
    -> ParsedStatement
  {
    parsed
  }

  static func rules(of canonical: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> [String] { [] }

  /// Answers, and keeps the answer as `$n`, `$_` and under the name of `as`.
  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let answer = try session.ask(parsed)
    try session.keep(answer, as: parsed.clauses.name ?? parsed.name("name"))
    return .answer(answer)
  }
}

/// What a question is asked of: what reads its names there, and who answers, which is made where the question has a meaning.
struct Asking {
  let resolver: Resolver
  let executor: () throws(Diagnostic) -> any Executor
}

/// A question that events answer. What it means is its query; what is shown comes with the query too.
protocol EventQuestion: Question {
  associatedtype Asked: AnsweredQuery

  /// Writes out what else is left out; variables, and the standards of clauses, are written out already.
  static func complete(_ parsed: inout ParsedStatement, _ resolver: Resolver) throws(Diagnostic)
  /// Whether rows are sorted as the answer is made, so that other columns than those shown may say how.
  static var sortsItself: Bool { get }
  /// What a complete statement asks.
  static func query(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> Asked
  /// Who is asked; the resolver reads names of events.
  static func asking(
    _ parsed: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> Asking
  /// How a report of a canonical question is told: as its query tells it, unless a statement knows more.
  static func telling(
    _ canonical: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> @Sendable (Asked, Asked.Report) -> Answer
  /// The same without reading what more it knows: only the columns of the answer count.
  static func tellingColumns(in session: Session) throws(Diagnostic) -> @Sendable (Asked, Asked.Report) -> Answer
}

extension EventQuestion {
  static func canonical(_ parsed: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic)
    -> ParsedStatement
  {
    try completed(parsed, asking(parsed, resolver, in: session).resolver)
  }

  static func asking(
    _ parsed: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> Asking {
    Asking(resolver: resolver) { () throws(Diagnostic) in try session.executor(at: parsed.span) }
  }

  /// The question with all written out.
  static func completed(_ parsed: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> ParsedStatement {
    var complete = try resolver.written(parsed)
    try complete.completeClauses(resolver)
    try self.complete(&complete, resolver)
    return complete
  }

  static func complete(_ parsed: inout ParsedStatement, _ resolver: Resolver) throws(Diagnostic) {}

  static var sortsItself: Bool { false }

  static func telling(
    _ canonical: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> @Sendable (Asked, Asked.Report) -> Answer {
    { query, report in query.answer(report) }
  }

  static func tellingColumns(in session: Session) throws(Diagnostic) -> @Sendable (Asked, Asked.Report) -> Answer {
    { query, report in query.answer(report) }
  }

  static func answer(_ canonical: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic)
    -> Answer
  {
    let asking = try asking(canonical, resolver, in: session)
    let query = asking.resolver.complete(try query(canonical, asking.resolver))
    let (executor, tell) = (try asking.executor(), try telling(canonical, asking.resolver, in: session))
    let answer = try session.apart(at: canonical.span) { [run = session.run] () throws(ExecutionError) in
      tell(query, try query.ask(executor, run))
    }
    return sortsItself ? answer : try answer.sorted(by: canonical.clauses)
  }

  static func sortableColumns(
    _ parsed: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> [String] {
    try columnsWithoutEvents(parsed, resolver, in: session)
  }

  /// Those of the answer of a store without events: columns follow from the question.
  static func columnsWithoutEvents(
    _ parsed: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> [String] {
    let source = try session.activeSource
    return try columnsWithoutEvents(parsed, resolver, of: session.attempt(source?.catalog ?? Catalog()), in: session)
  }

  /// Those of the answer of a store that has this catalog.
  static func columnsWithoutEvents(
    _ parsed: ParsedStatement, _ resolver: Resolver, of catalog: @autoclosure () throws(Diagnostic) -> Catalog,
    in session: Session
  ) throws(Diagnostic) -> [String] {
    if sortsItself { return resolver.vocabulary.propertyNames }
    let query = resolver.complete(try query(completed(parsed, resolver), resolver))
    let (executor, tell) = (EmbeddedEngine(withoutEvents: try catalog()), try tellingColumns(in: session))
    return try session.apart { () throws(ExecutionError) in tell(query, try query.ask(executor, Run())) }
      .sortableColumns
  }
}

extension Answer {
  /// With its rows as the clause `sort` says, if there is one.
  func sorted(by clauses: ClausesSyntax) throws(Diagnostic) -> Answer {
    guard let (name, isDescending) = clauses.sort else { return self }
    guard sortableColumns.contains(name.text) else {
      let near = nearest(to: name.text, among: sortableColumns).map { [$0] } ?? sortableColumns
      throw Diagnostic(
        .sortUnknown, "no rows of this answer are sorted by '\(name.text)'", at: name.span,
        hint: near.isEmpty ? nil : near.map { $0.writtenAsName() }.joined(separator: ", "))
    }
    return sorted(by: name.text, isDescending: isDescending)
  }
}

extension ParsedStatement {
  /// Writes out what holds where clauses are left out, as the form has them.
  fileprivate mutating func completeClauses(_ resolver: Resolver) throws(Diagnostic) {
    for clause in Forms.grammar.form(named: form)?.clauses ?? [] where clauses[clause] == nil {
      guard let standard = clause.standard, uses(clause, resolver) else { continue }
      clauses[clause] = try Forms.grammar.parse(standard, as: clause.slot)
    }
  }

  private func uses(_ clause: Clause, _ resolver: Resolver) -> Bool {
    if let qualified = clause.qualified.flatMap({ Clause($0) }), clauses[qualified] == nil { return false }
    if clause == .top, clause.qualified != nil { return !resolver.vocabulary.isByCalendar(clauses.by) }
    // Where the data names sessions no gap cuts them.
    guard clause == .gap else { return true }
    let counted = clauses[.counting]?.asWord ?? FunnelQuery.Counting.sessions.rawValue
    return counted == FunnelQuery.Counting.sessions.rawValue && !resolver.vocabulary.hasSessions
  }

  /// A clause that a complete statement has.
  func needed<Value>(_ clause: KeyPath<ClausesSyntax, Value?>) throws(Diagnostic) -> Value {
    guard let value = clauses[keyPath: clause] else { throw .incomplete(self) }
    return value
  }
}

extension DiagnosticCode {
  package static let sortUnknown = DiagnosticCode(
    "sort.unknown", "Rows are sorted by columns of the answer's tables of groups, units or pairs; the hint lists them.")
}
