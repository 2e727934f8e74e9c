import JourneyQuery
import Language
import SourceText

extension Resolver {
  /// The graph that a parsed `flow` statement asks for.
  package func flow(_ parsed: ParsedStatement) throws(Diagnostic) -> FlowQuery {
    let clauses = parsed.clauses
    var query = FlowQuery(top: clauses.top, zone: vocabulary.zone)
    query.naming = try naming(basis(clauses), at: clauses.spans[.using] ?? parsed.span)
    query.filter = try filter(clauses.filters)
    query.people = try clauses.people.map { (people) throws(Diagnostic) in try self.people(people) }
    query.during = try clauses.during.map { (range) throws(Diagnostic) in try self.range(range) }
    return query
  }
}
