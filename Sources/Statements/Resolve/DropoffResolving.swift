import JourneyQuery
import Language
import SourceText

extension Resolver {
  /// What a parsed `dropoff` statement asks for: `at` names a row here, and `top` counts next events.
  func dropoff(_ parsed: ParsedStatement) throws(Diagnostic) -> DropoffQuery {
    var plain = parsed
    (plain.clauses.at, plain.clauses.top) = (nil, nil)
    for clause in [Clause.at, .top] { plain.clauses.spans[clause] = nil }
    var query = DropoffQuery(funnel: try stretch(plain), top: parsed.clauses.top ?? 5)
    query.step = try parsed.clauses.at.map { (spot) throws(Diagnostic) in try row(spot, of: query.funnel) }
    return query
  }

  /// The row of a funnel at which people can be lost.
  private func row(_ spot: SpotSyntax, of funnel: FunnelQuery) throws(Diagnostic) -> Int {
    if funnel.order == .any, case .one = spot.content {
      throw Diagnostic(
        "clause.conflict", "with 'order any' a row is a number of steps, not one of them", at: spot.span, hint: "at 1")
    }
    let index = try index(of: spot, in: funnel.path)
    guard !funnel.path.steps[index].isOptional else {
      throw Diagnostic(
        "spot.optional", "nobody is lost at a step that may be skipped", at: spot.span,
        hint: "the required step before it")
    }
    guard funnel.path.steps[(index + 1)...].contains(where: { !$0.isOptional }) else {
      throw Diagnostic(
        "spot.last", "nobody is lost at the last required step", at: spot.span, hint: "a step before it")
    }
    return index
  }
}
