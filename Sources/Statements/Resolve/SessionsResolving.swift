import JourneyQuery
import JourneyTime
import Language
import SourceText

extension Resolver {
  /// What a parsed `sessions` statement asks for.
  package func sessions(_ parsed: ParsedStatement) throws(Diagnostic) -> SessionsQuery {
    let clauses = parsed.clauses
    var query = SessionsQuery()
    if let gap = clauses.gap { query.gap = try duration(gap) }
    query.scope = try scope(clauses)
    query.split = try split(clauses)
    return query
  }
}
