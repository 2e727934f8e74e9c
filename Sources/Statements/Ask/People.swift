import Language

/// `people $x [[lost] at STEP]`.
package enum PeopleStatement {
  static let form = Form(
    "people", in: .ask,
    ["people", .result, .reached, .named],
    summary: "the customers behind an answer",
    meaning: """
      With at, those who reached a step; with lost at, those who reached it and not the next required one. A \
      step that occurs twice is named by its number from 1.
      """,
    examples: [
      "people $main",
      "people $main lost at add_to_cart",
      "people $_ at 2",
    ])
}
