import JourneyQuery
import Language
import SourceText

extension Resolver {
  /// A path is shown as a row; this many steps are more than anybody reads.
  private static let mostDepth = 100

  /// The paths that a parsed `paths` statement asks for.
  package func paths(_ parsed: ParsedStatement) throws(Diagnostic) -> PathsQuery {
    var clauses = parsed.clauses
    var query = PathsQuery()
    if case .one(let one)? = parsed["one"], let side = parsed.word("side").flatMap(PathsQuery.Side.init) {
      query.anchor = PathsQuery.Anchor(side, try step(one))
    }
    query.naming = try naming(basis(clauses), at: clauses.spans[.using] ?? parsed.span)
    query.scope = try scope(clauses)
    query.depth = clauses.depth ?? 5
    query.top = clauses.top ?? 10
    guard query.depth <= Self.mostDepth else {
      throw Diagnostic(
        "depth.too-much", "a path has at most \(Self.mostDepth) steps, not \(query.depth)", at: clauses.spans[.depth],
        hint: "depth \(Self.mostDepth)")
    }
    // 'top' is of paths here; groups are ten at most.
    (clauses.top, clauses.spans[.top]) = (nil, nil)
    query.breakdown = try breakdown(clauses)
    return query
  }
}
