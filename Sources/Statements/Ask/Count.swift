import Language

/// `count [STEP] …`: events and customers.
package enum CountStatement {
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
}
