import Language

/// `use events|map NAME`: chooses what statements are about.
package enum UseStatement {
  static let form = Form(
    "use", in: .data,
    [
      "use",
      .choice([["events", .slot("name", .name(.store))], ["map", .slot("name", .name(.map))]]),
    ],
    summary: "choose the events or the map that statements are about",
    meaning: """
      A workspace may hold several maps and several stores of events; one of each is in use. What was loaded or \
      made last is in use until this says otherwise.
      """,
    examples: [
      "use map shop",
      "use events shop",
    ])
}
