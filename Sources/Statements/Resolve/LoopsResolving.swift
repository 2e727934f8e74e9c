import JourneyQuery
import Language
import SourceText

extension Resolver {
  /// The returns that a parsed `loops` statement asks for.
  package func loops(_ parsed: ParsedStatement) throws(Diagnostic) -> LoopsQuery {
    var clauses = parsed.clauses
    let basis = try loopsBasis(parsed)
    var query = LoopsQuery(rule: basis == .stages ? .toEarlier : .toTaken)
    if case .one(let one)? = parsed["one"] { query.rule = .toStep(try step(one)) }
    query.naming = try naming(
      basis, keepsOthers: query.rule != .toEarlier, at: clauses.spans[.using] ?? parsed.span)
    query.scope = try scope(clauses)
    query.top = clauses.top ?? 10
    // 'top' is of pairs here; groups are ten at most.
    (clauses.top, clauses.spans[.top]) = (nil, nil)
    query.breakdown = try breakdown(clauses)
    return query
  }

  /// Stages, where the map has touchpoints on them; returns to a given step come from touchpoints.
  package func loopsBasis(_ parsed: ParsedStatement) throws(Diagnostic) -> Naming.Basis {
    try basis(parsed.clauses, default: parsed["one"] == nil ? .stages : .touchpoints)
  }
}
