import JourneyQuery
import Language
import SourceText

/// `retention of STEP [then STEP] …`: who comes back, cohort by cohort.
enum RetentionStatement: EventQuestion {
  static let form = Form(
    "retention", in: .ask,
    [
      "retention", "of", .slot("one", .one), .optional(["then", .slot("returning", .one)]),
      .clauses([
        .where, .for, .by, .during, .sort, .top, .as,
        .per.taking(
          "The unit of the calendar that cohorts are made of, cut in the workspace's zone.", standard: "week"),
      ]),
    ],
    summary: "how many of those who began in one week came back later",
    meaning: """
      A cohort is the customers whose first event of the first step lies in one calendar unit, a week unless per \
      says otherwise; during bounds that first event. Each share is of the cohort: those with an event of the \
      second step (then; any event without it) in that many units after, in unit 0 at a later moment than the \
      first. A unit that does not end by the last event of the data (where all times are dates: by the end of that day) is not \
      counted and shown as …. The row all \
      weighs every cohort by its size.
      """,
    examples: [
      "retention of visit then purchase",
      "retention of purchase then purchase per month",
      "retention of visit by channel during 2025-Q1 per month",
    ])

  /// `per` is what cohorts are made of, and makes no second block.
  static let severalBy: [Clause] = [.by]

  static func complete(_ parsed: inout ParsedStatement, _ resolver: Resolver) throws(Diagnostic) {
    if !parsed.has("then") { parsed.complete("then", "returning", with: .one(try Forms.grammar.one("*"))) }
  }

  static func query(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> RetentionQuery {
    guard case .one(let one)? = complete["one"], case .one(let then)? = complete["returning"] else {
      throw .incomplete(complete)
    }
    return RetentionQuery(
      start: try resolver.step(one), returning: try resolver.step(then), unit: try complete.needed(\.per),
      scope: try resolver.scope(complete), breakdown: try resolver.breakdown(complete))
  }
}
