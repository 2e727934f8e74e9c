import JourneyQuery
import Language
import SourceText

/// `loops [STEP] …`: where journeys go back.
enum LoopsStatement: EventQuestion {
  static let form = Form(
    "loops", in: .ask,
    [
      "loops", .optional([.slot("one", .one)]),
      .clauses([
        .where, .for, .by, .during, .sort, .naming, .as,
        .top.taking("How many pairs have rows of their own; the rest stand together as (other).", standard: "10"),
      ]),
    ],
    summary: "where journeys go back, and how often",
    meaning: """
      With a map: steps from a stage to an earlier one; events on no stage are left out. Without one, or using \
      touchpoints or events: steps to one already taken. Of a step: only returns to it, from whatever came right \
      before. A row per pair, the 10 commonest, the rest as (other); by is read at the event that goes back.
      """,
    examples: [
      "loops",
      "loops product_viewed",
      "loops using events top 5 by device",
    ])

  static func complete(_ parsed: inout ParsedStatement, _ resolver: Resolver) throws(Diagnostic) {
    // Stages, where the map has touchpoints on them; returns to a given step come from touchpoints.
    let basis = resolver.basis(parsed.clauses, default: parsed["one"] == nil ? .stages : .touchpoints)
    parsed.clauses[.using] = .word(basis.rawValue)
  }

  static func query(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> LoopsQuery {
    var rule = resolver.basis(complete.clauses) == .stages ? LoopsQuery.Rule.toEarlier : .toTaken
    if case .one(let one)? = complete["one"] { rule = .toStep(try resolver.step(one)) }
    return LoopsQuery(
      rule: rule, naming: try resolver.naming(complete, keepsOthers: rule != .toEarlier),
      top: try complete.needed(\.top), scope: try resolver.scope(complete),
      breakdown: try resolver.breakdown(complete, top: 10))
  }
}
