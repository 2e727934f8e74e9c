import JourneyQuery
import Language
import SourceText

/// `count [STEP] …`: events and customers.
enum CountStatement: EventQuestion {
  static let form = Form(
    "count", in: .ask,
    ["count", .optional([.slot("one", .one)]), .clauses(.ofEvents)],
    summary: "how many events, and how many customers have them",
    meaning: """
      Without a step every event counts. During bounds all events; by gives a row per value and per a row per \
      calendar unit, empty ones too.
      """,
    examples: [
      "count",
      "count purchase by device",
      "count purchase per week",
    ])

  static func query(_ complete: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> CountQuery {
    var query = CountQuery()
    if case .one(let one)? = complete["one"] { query.step = try resolver.step(one) }
    (query.scope, query.split) = (try resolver.scope(complete), try resolver.split(complete))
    return query
  }
}
