import JourneyQuery
import JourneyTime
import Language
import SourceText

extension Resolver {
  /// What a parsed `sessions` statement asks for.
  package func sessions(_ parsed: ParsedStatement) throws(Diagnostic) -> SessionsQuery {
    let clauses = parsed.clauses
    var query = SessionsQuery(zone: vocabulary.zone)
    if let gap = clauses.gap { query.gap = try duration(gap) }
    query.filter = try filter(clauses.filters)
    query.people = try clauses.people.map { (people) throws(Diagnostic) in try self.people(people) }
    query.during = try clauses.during.map { (range) throws(Diagnostic) in try self.range(range) }
    query.versus = try versus(clauses)
    query.per = clauses.per
    query.breakdown = try breakdown(clauses, in: nil)
    return query
  }
}
