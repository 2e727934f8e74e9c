import JourneyQuery
import Language
import Rendering
import SourceText

/// One statement of the language: its form, and what it does. One file each; `Forms` lists them all.
protocol Statement: Sendable {
  static var form: Form { get }
  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply
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

/// A question that events answer. What it means is its query; what is shown comes with the query too.
protocol EventQuestion: Question {
  associatedtype Asked: AnsweredQuery

  /// Writes out the defaults, in the only place that knows them; variables are written out already.
  static func complete(_ parsed: inout ParsedStatement, _ resolver: Resolver) throws(Diagnostic)
  /// What a complete statement asks.
  static func query(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> Asked
}

extension EventQuestion {
  static func canonical(_ parsed: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic)
    -> ParsedStatement
  {
    var complete = try resolver.written(parsed)
    try self.complete(&complete, resolver)
    return complete
  }

  static func answer(_ canonical: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic)
    -> Answer
  {
    let query = try query(canonical, resolver)
    let executor = try session.executor(at: canonical.span)
    return try session.apart(at: canonical.span) { [run = session.run] in query.answer(try query.ask(executor, run)) }
  }
}

extension ParsedStatement {
  /// A clause that a complete statement has.
  func needed<Value>(_ clause: KeyPath<ClausesSyntax, Value?>) throws(Diagnostic) -> Value {
    guard let value = clauses[keyPath: clause] else { throw .incomplete(self) }
    return value
  }

  /// Writes out how many groups are shown, where there are any.
  mutating func completeSplit() {
    if !clauses.by.isEmpty { clauses.top = clauses.top ?? 10 }
  }
}
