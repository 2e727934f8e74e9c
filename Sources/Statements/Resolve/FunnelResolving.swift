import JourneyQuery
import JourneyTime
import Language
import SourceText

extension Resolver {
  /// The funnel that a parsed `funnel` statement asks for.
  package func funnel(_ parsed: ParsedStatement) throws(Diagnostic) -> FunnelQuery {
    let clauses = parsed.clauses
    let path: Path
    if case .path(let written)? = parsed["path"] {
      path = try self.path(written)
    } else {
      path = try stagePath(at: parsed.span)
    }
    var query = FunnelQuery(path: path)
    query.window = try window(clauses.within)
    query.scope = try scope(clauses)
    query.split = try split(clauses, in: path)
    for one in clauses.without { query.without.append(try step(one)) }
    query.holding = try clauses.holding.map { (name) throws(Diagnostic) in try property(name).name }
    query.order = clauses.order.flatMap(FunnelQuery.Order.init) ?? .path
    query.entry = clauses.entry.flatMap(FunnelQuery.Entry.init) ?? .best
    query.counting = clauses.counting.flatMap(FunnelQuery.Counting.init) ?? .customers
    if let gap = clauses.gap { query.gap = try duration(gap) }
    try check(query, clauses)
    return query
  }

  /// The funnel behind a question about what lies between steps: its path has two required ones at least.
  func stretch(_ parsed: ParsedStatement) throws(Diagnostic) -> FunnelQuery {
    let query = try funnel(parsed)
    guard query.requiredSteps < 2 else { return query }
    throw Diagnostic(
      "path.too-short", "'\(parsed.form)' looks between required steps, and this path has only one",
      at: parsed.span(of: "path") ?? parsed.span,
      hint: "\(parsed.form) \(query.path.steps.first?.step.label ?? "a") -> STEP")
  }

  /// The step of a path that is meant: by number from 1, or by what it is; one that occurs twice must be named by number.
  package func index(of spot: SpotSyntax, in path: Path) throws(Diagnostic) -> Int {
    switch spot.content {
    case .number(let number):
      guard path.steps.indices.contains(number - 1) else {
        throw Diagnostic(
          "spot.unknown", "the path has \(path.steps.count) steps, and no step \(number)", at: spot.span,
          hint: "a number from 1 to \(path.steps.count)")
      }
      return number - 1
    case .one(let one):
      let label = one.canonical()
      var found = path.steps.indices.filter { path.steps[$0].step.label == label }
      if found.isEmpty {
        let wanted = Set(try step(one).alternatives)
        found = path.steps.indices.filter { Set(path.steps[$0].step.alternatives) == wanted }
      }
      guard let index = found.first else {
        throw Diagnostic(
          "spot.unknown", "'\(label)' is no step of the path", at: spot.span,
          hint: path.steps.map(\.step.label).joined(separator: ", "))
      }
      guard found.count == 1 else {
        throw Diagnostic(
          "spot.ambiguous", "'\(label)' occurs \(found.count) times in the path", at: spot.span,
          hint: found.map { "at \($0 + 1)" }.joined(separator: ", or "))
      }
      return index
    }
  }

  /// What the clauses do not allow together.
  private func check(_ query: FunnelQuery, _ clauses: ClausesSyntax) throws(Diagnostic) {
    let steps = query.path.steps
    if let breakdown = query.split.breakdown, clauses.at != nil, query.order == .any {
      if breakdown.step != 0 {
        throw Diagnostic(
          "clause.conflict", "with 'order any' groups are read at the first step", at: clauses.spans[.at])
      }
    }
    if query.order == .any {
      if steps.contains(where: { $0.isOptional || $0.arrow != Arrow() }) {
        throw Diagnostic(
          "clause.conflict", "'=>', '[…]' and '?' have no meaning with 'order any'", at: clauses.spans[.order],
          hint: "a path of plain '->'")
      }
      if steps.count > 16 {
        throw Diagnostic(
          "path.too-long", "'order any' takes at most 16 steps, and the path has \(steps.count)",
          at: clauses.spans[.order])
      }
    }
    if clauses.gap != nil, query.counting != .sessions {
      throw Diagnostic(
        "clause.needs", "'gap' cuts sessions, and here \(query.counting.rawValue) are counted",
        at: clauses.spans[.gap], hint: "counting sessions")
    }
  }
}
