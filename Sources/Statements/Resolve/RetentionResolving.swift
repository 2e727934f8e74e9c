import JourneyQuery
import Language
import SourceText

extension Resolver {
  /// The retention that a parsed `retention` statement asks for; without `then` any event returns.
  package func retention(_ parsed: ParsedStatement) throws(Diagnostic) -> RetentionQuery {
    guard case .one(let one)? = parsed["one"] else { throw .incomplete(parsed) }
    let clauses = parsed.clauses
    var returning = Step(label: "*", alternatives: [EventPattern(event: nil)])
    if case .one(let then)? = parsed["returning"] { returning = try step(then) }
    var query = RetentionQuery(start: try step(one), returning: returning)
    query.scope = try scope(clauses)
    query.unit = clauses.per ?? .week
    query.breakdown = try breakdown(clauses)
    return query
  }
}
