import Language
import SourceText

// A statement that asks another question, as it is written or saved: `compare QUESTION …`, `drivers of $april …`. Both places of clauses are one.
extension ParsedStatement {
  /// The question with all its clauses: those of a saved one hold where no others are written; of `where` and `for` both do.
  func innerQuestion(_ resolver: Resolver) throws(Diagnostic) -> ParsedStatement {
    if var inner = statement("question") {
      inner.clauses = clauses
      return inner
    }
    guard let name = variable("result") else { throw .incomplete(self) }
    return try resolver.savedQuestion(name).with(clausesOf: self)
  }

  /// With the clauses of the statement that asks it, which stand where that has them, in place of its own; of `where` and `for` both hold.
  func with(clausesOf asker: ParsedStatement) -> ParsedStatement {
    var copy = self
    (copy.clauses.spans, copy.span) = (asker.clauses.spans, asker.span)
    for (clause, operand) in asker.clauses.all { copy.clauses[clause] = operand }
    if let one = clauses.filter, let more = asker.clauses.filter {
      copy.clauses[.where] = .condition(.all(of: [one, more]))
    }
    if let one = clauses.people, let more = asker.clauses.people {
      copy.clauses[.for] = .people(.all(of: [one, more]))
    }
    return copy
  }

  /// With a question written out in the place of the one that it asks, and the clauses of that.
  func asking(_ inner: ParsedStatement) -> ParsedStatement {
    var copy = self
    for index in copy.arguments.indices where ["question", "result"].contains(copy.arguments[index].label) {
      copy.arguments[index].label = "question"
      copy.arguments[index].value = .statement(inner.without(Clause.allCases))
    }
    for (clause, operand) in inner.clauses.all { copy.clauses[clause] = operand }
    return copy
  }

  var placeOfInner: Range<Int> { span(of: "question") ?? span(of: "result") ?? span }

  /// What is wrong in a saved question has its place in another text: it is told at the variable.
  func placing<Result>(_ body: () throws(Diagnostic) -> Result) throws(Diagnostic) -> Result {
    do {
      return try body()
    } catch {
      let places = arguments.map(\.span) + clauses.spans.values
      guard let span = error.span, !places.contains(where: { $0.contains(span) }) else { throw error }
      throw Diagnostic(error.code, error.message, at: arguments.first?.span, hint: error.hint)
    }
  }

  func without(_ clauses: [Clause]) -> ParsedStatement {
    var copy = self
    for clause in clauses { copy.clauses.remove(clause) }
    return copy
  }
}
