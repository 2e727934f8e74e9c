import JourneyQuery
import Language
import SourceText

extension Resolver {
  /// The graph that a parsed `flow` statement asks for.
  package func flow(_ parsed: ParsedStatement) throws(Diagnostic) -> FlowQuery {
    let clauses = parsed.clauses
    var query = FlowQuery(top: clauses.top)
    query.naming = try naming(basis(clauses), at: clauses.spans[.using] ?? parsed.span)
    query.scope = try scope(clauses)
    return query
  }
}
