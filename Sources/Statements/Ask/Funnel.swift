import JourneyQuery
import JourneyTime
import Language
import SourceText

/// `funnel PATH …`: how far customers get along a path.
enum FunnelStatement: EventQuestion {
  static let form = Form(
    "funnel", in: .ask,
    ["funnel", .choice([["stages"], [.slot("path", .path)]]), .clauses(.ofPaths)],
    summary: "how many customers get how far along a path of steps",
    meaning: """
      A step is a touchpoint, a stage, an event or a defined step; -> is later, => directly next, a? may be \
      skipped, {a | b} is either, and step(condition) filters its events. All steps lie within 30d of the first \
      unless within says otherwise. By default each customer counts once, by the entry that gets furthest; \
      events of one moment may stand in either order. Funnel stages takes the stages of the map in their order.
      """,
    examples: [
      "funnel visit -> product_viewed -> cart_added -> purchase",
      "funnel visit -> purchase within 7d by device",
      "funnel stages",
      "funnel cart_added ->[2h] purchase where device = phone per week",
    ])

  static func query(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> FunnelQuery {
    var query = try chains(complete, resolver)
    query.split = try resolver.split(complete, in: query.path)
    if let breakdown = query.split.breakdown, breakdown.step != 0, query.order == .any {
      throw Diagnostic(
        .clauseConflict, "with 'order any' groups are read at the first step", at: complete.clauses.spans[.at])
    }
    return query
  }

  /// The funnel without its split.
  static func chains(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> FunnelQuery {
    let clauses = complete.clauses
    var query: FunnelQuery
    if case .path(let path)? = complete["path"] {
      query = FunnelQuery(path: try resolver.path(path))
    } else {
      query = FunnelQuery(path: try resolver.stagePath(at: complete.span))
    }
    query.window = try resolver.window(clauses)
    for one in clauses.without { query.without.append(try resolver.step(one)) }
    query.holding = try clauses.holding.map { (name) throws(Diagnostic) in try resolver.property(name).name }
    query.order = clauses[.order]?.asWord.flatMap(FunnelQuery.Order.init) ?? .path
    query.entry = clauses[.entry]?.asWord.flatMap(FunnelQuery.Entry.init) ?? .best
    query.counting = clauses[.counting]?.asWord.flatMap(FunnelQuery.Counting.init) ?? .customers
    if let gap = clauses.gap { query.gap = try resolver.duration(gap) }
    query.scope = try resolver.scope(complete)
    try check(query, clauses)
    return query
  }

  /// The funnel of a question about what lies between steps: its path has two required ones at least.
  static func stretch(of query: FunnelQuery, _ complete: ParsedStatement) throws(Diagnostic) -> FunnelQuery {
    guard query.requiredSteps < 2 else { return query }
    throw Diagnostic(
      .pathTooShort, "'\(complete.form)' looks between required steps, and this path has only one",
      at: complete.span(of: "path") ?? complete.span,
      hint: "\(complete.form) \(query.path.steps.first?.step.label ?? "a") -> STEP")
  }

  /// What the clauses do not allow together.
  private static func check(_ query: FunnelQuery, _ clauses: ClausesSyntax) throws(Diagnostic) {
    let steps = query.path.steps
    if query.order == .any {
      if steps.contains(where: { $0.isOptional || $0.arrow != Arrow() }) {
        throw Diagnostic(
          .clauseConflict, "'=>', '[…]' and '?' have no meaning with 'order any'", at: clauses.spans[.order],
          hint: "a path of plain '->'")
      }
      if steps.count > 16 {
        throw Diagnostic(
          .pathTooLong, "'order any' takes at most 16 steps, and the path has \(steps.count)",
          at: clauses.spans[.order])
      }
    }
    if clauses.gap != nil, query.counting != .sessions {
      throw Diagnostic(
        .clauseNeeds, "'gap' cuts sessions, and here \(query.counting.rawValue) are counted",
        at: clauses.spans[.gap], hint: "counting sessions")
    }
  }

  static func rules(of canonical: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> [String] {
    FunnelExplanation(query: try query(canonical, resolver)).lines
  }
}

extension DiagnosticCode {
  package static let pathTooShort = DiagnosticCode(
    "path.too-short", "The question looks between two required steps, and the path has only one.")
  package static let pathTooLong = DiagnosticCode(
    "path.too-long", "With order any a path has at most 16 steps.")
  package static let clauseConflict = DiagnosticCode(
    "clause.conflict", "Two clauses, or a clause and an arrow, have no meaning together.")
}
