import Language

/// `show events [NAME]`.
package enum ShowEventsStatement {
  static let form = Form(
    "show events", in: .teach,
    ["show", "events", .optional([.slot("events", .name(.store))])],
    summary: "list the events of a store with their counts",
    meaning: """
      Of the store in use, or of the one named.
      """,
    examples: [
      "show events",
      "show events shop",
    ])
}
