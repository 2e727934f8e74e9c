import JourneyQuery
import Language
import SourceText

extension Resolver {
  /// The count that a parsed `count` statement asks for.
  package func count(_ parsed: ParsedStatement) throws(Diagnostic) -> CountQuery {
    let clauses = parsed.clauses
    var query = CountQuery()
    if case .one(let one)? = parsed["one"] { query.step = try step(one) }
    query.scope = try scope(clauses)
    query.split = try split(clauses)
    return query
  }
}
