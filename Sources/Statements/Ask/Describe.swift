import Language

/// `describe [NAME]`.
package enum DescribeStatement {
  static let form = Form(
    "describe", in: .ask,
    ["describe", .optional([.slot("name", .name(.store))])],
    summary: "what is in the events: names, properties, dates",
    meaning: """
      Customers, events and the span of dates; each event name with its counts; each property with its kind, how \
      often it is filled, and its commonest values.
      """,
    examples: [
      "describe",
      "describe shop",
    ])
}
