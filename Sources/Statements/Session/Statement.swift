import JourneyQuery
import Language
import SourceText

/// One statement of the language: its form, and what it does. One file each; `statements` lists them all.
package protocol Statement {
  static var form: Form { get }
  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply
}

/// A statement that asks and changes nothing; it may stand inside `let`, `assert`, `explain` and the meaning of a kpi.
package protocol Question: Statement {
  /// The same question with every default written out and every variable replaced by what it stands for.
  static func canonical(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> ParsedStatement
  static func answer(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Answer
}

extension Question {
  /// Answers the canonical question and keeps the result as `$n`, `$_` and under the name of `as`.
  package static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    var question = try canonical(parsed, in: session)
    question.clauses.name = nil
    question.clauses.spans[.as] = nil
    var answer = try answer(question, in: session)
    answer.question = CanonicalPrinter.statement(question)
    try session.keep(answer, under: parsed.clauses.name)
    return .answer(answer)
  }
}
