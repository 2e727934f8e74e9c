import JourneyQuery
import Language
import SourceText

/// `paths [from | to | around STEP] …`: the sequences of steps that customers take.
enum PathsStatement: EventQuestion {
  static let form = Form(
    "paths", in: .ask,
    [
      "paths", .optional([.slot("side", .oneOf(PathsQuery.Side.allCases.map(\.rawValue))), .slot("one", .one)]),
      .clauses([
        .where, .for, .by, .during, .sort, .naming, .as,
        .depth.taking("How many steps of a journey make a path, at most \(mostDepth).", standard: "5"),
        .top.taking("How many paths have rows of their own; the rest stand together as (other).", standard: "10"),
      ]),
    ],
    summary: "which sequences of steps customers take",
    meaning: """
      Events are named by touchpoints of the map, or as using says; then equal ones in a row are one step. A path is \
      the first 5 steps of a journey, or as many as depth says: from a step they start at its first event, to a step \
      they stand before it, around it on each side. Each customer counts once. A row per path, the 10 commonest, the \
      rest as (other); by makes such rows for each group. During bounds the event of the step, without one all events.
      """,
    examples: [
      "paths",
      "paths to purchase depth 3",
      "paths around Cart depth 2 using stages by device",
      "paths from visit using events top 5 during 2025-Q2",
    ])

  /// A path is shown as a row; this many steps are more than anybody reads.
  private static let mostDepth = 100

  static func complete(_ parsed: inout ParsedStatement, _ resolver: Resolver) throws(Diagnostic) {
    parsed.clauses[.using] = .word(resolver.basis(parsed.clauses).rawValue)
  }

  static func query(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> PathsQuery {
    let depth = try complete.needed(\.depth)
    guard depth <= mostDepth else {
      throw Diagnostic(
        .depthTooMuch, "a path has at most \(mostDepth) steps, not \(depth)", at: complete.clauses.spans[.depth],
        hint: "depth \(mostDepth)")
    }
    var anchor: PathsQuery.Anchor?
    if case .one(let one)? = complete["one"], let side = complete.word("side").flatMap(PathsQuery.Side.init) {
      anchor = PathsQuery.Anchor(side, try resolver.step(one))
    }
    return PathsQuery(
      anchor: anchor, naming: try resolver.naming(complete), depth: depth, top: try complete.needed(\.top),
      scope: try resolver.scope(complete), breakdown: try resolver.breakdown(complete, top: 10))
  }
}

extension DiagnosticCode {
  package static let depthTooMuch = DiagnosticCode(
    "depth.too-much", "depth asks for longer paths than are told; the hint is the most.")
}
