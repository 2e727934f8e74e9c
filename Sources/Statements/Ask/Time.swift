import JourneyQuery
import Language
import SourceText

/// `time PATH …`: how long a path takes.
enum TimeStatement: EventQuestion {
  static let form = Form(
    "time", in: .ask,
    ["time", .slot("path", .path), .clauses(.ofPaths)],
    summary: "how long customers take along a path of steps",
    meaning: """
      From the first step to the last required one, of those who complete the path, chain by chain as funnel \
      finds them: shortest and longest time, median, 10th and 90th percentile, mean, and a histogram. Percentiles \
      are exact (R-7). By groups those who completed, per is the unit in which they started.
      """,
    examples: [
      "time cart_added -> purchase",
      "time visit -> purchase within 7d by device",
      "time checkout_started -> purchase per month during 2025-Q2",
    ])

  static func query(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> TimeQuery {
    TimeQuery(try FunnelStatement.stretch(of: FunnelStatement.query(complete, resolver), complete))
  }

  static func rules(of canonical: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> [String] {
    FunnelExplanation(query: try query(canonical, resolver).funnel).lines
  }
}
