import JourneyQuery
import Language
import SourceText

extension Resolver {
  /// The count that a parsed `count` statement asks for.
  package func count(_ parsed: ParsedStatement) throws(Diagnostic) -> CountQuery {
    let clauses = parsed.clauses
    var query = CountQuery(zone: vocabulary.zone)
    if case .one(let one)? = parsed["one"] { query.step = try step(one) }
    query.filter = try filter(clauses.filters)
    query.people = try clauses.people.map { (people) throws(Diagnostic) in try self.people(people) }
    query.during = try clauses.during.map { (range) throws(Diagnostic) in try self.range(range) }
    query.versus = try versus(clauses)
    query.per = clauses.per
    query.breakdown = try breakdown(clauses, in: nil)
    return query
  }
}
