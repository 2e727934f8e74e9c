import JourneyQuery
import Language
import SourceText

/// `dropoff PATH …`: who is lost at each step, and what they do next.
enum DropoffStatement: EventQuestion {
  static let form = Form(
    "dropoff", in: .ask,
    [
      "dropoff", .slot("path", .path),
      .clauses([
        .within, .order, .entry, .counting, .gap, .without, .holding, .where, .for, .during, .sort, .as,
        .at.taking("Only the row of this step. A step that occurs twice is named by its number."),
        .top.taking("How many next events stand alone; the rest stand together as (other).", standard: "5"),
      ]),
    ],
    summary: "who is lost at each step of a path, and what they do next",
    meaning: """
      Lost at a step are those who reached it and not the next required one, as in funnel. Their next event is \
      the first one after the last step they took, as long as the window is open; beside it stands the same for \
      those who went on.
      """,
    examples: [
      "dropoff cart_added -> checkout_started -> purchase within 7d",
      "dropoff cart_added -> checkout_started -> purchase at checkout_started top 3",
    ])

  /// `at` names a row here, and `top` counts next events.
  static func query(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> DropoffQuery {
    var query = DropoffQuery(
      funnel: try FunnelStatement.stretch(of: FunnelStatement.chains(complete, resolver), complete),
      top: try complete.needed(\.top))
    query.step = try complete.clauses.at.map { (spot) throws(Diagnostic) in
      try row(spot, of: query.funnel, resolver)
    }
    return query
  }

  static func sortableColumns(
    _ parsed: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> [String] {
    let columns = try columnsWithoutEvents(parsed, resolver, in: session)
    return columns + DropoffReport.nextColumnNames.filter { !columns.contains($0) }
  }

  /// The row of a funnel at which people can be lost.
  private static func row(_ spot: SpotSyntax, of funnel: FunnelQuery, _ resolver: Resolver) throws(Diagnostic) -> Int {
    if funnel.order == .any, case .one = spot.content {
      throw Diagnostic(
        .clauseConflict, "with 'order any' a row is a number of steps, not one of them", at: spot.span, hint: "at 1")
    }
    let index = try resolver.index(of: spot, in: funnel.path)
    guard !funnel.path.steps[index].isOptional else {
      throw Diagnostic(
        .spotOptional, "nobody is lost at a step that may be skipped", at: spot.span,
        hint: "the required step before it")
    }
    guard funnel.path.steps[(index + 1)...].contains(where: { !$0.isOptional }) else {
      throw Diagnostic(
        .spotLast, "nobody is lost at the last required step", at: spot.span, hint: "a step before it")
    }
    return index
  }

  static func rules(of canonical: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> [String] {
    FunnelExplanation(query: try query(canonical, resolver).funnel).lines
  }
}

extension DiagnosticCode {
  package static let spotLast = DiagnosticCode(
    "spot.last", "Nobody is lost at the last required step; those who reach it have completed the path.")
}
