import JourneyQuery
import Language
import SourceText

/// One statement of the language: its form, and what it does. One file each; `Forms` lists them all.
protocol Statement: Sendable {
  static var form: Form { get }
  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply
}

/// A statement that asks and changes nothing; it may stand inside `let`, `assert`, `explain` and the meaning of a kpi.
protocol Question: Statement {
  /// The same question with every default written out and every variable replaced by what it stands for.
  static func canonical(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> ParsedStatement
  /// Clauses that make several blocks of an answer, so that it has no one figure.
  static var severalBy: [Clause] { get }
  /// Answers a canonical question; whoever asked adds the sentence.
  static func answer(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Answer
}

extension Question {
  static var severalBy: [Clause] { [.by, .per, .vs] }

  /// Answers, and keeps the answer as `$n`, `$_` and under the name of `as`.
  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let answer = try session.ask(parsed)
    try session.keep(answer, as: parsed.clauses.name ?? parsed.name("name"))
    return .answer(answer)
  }
}
