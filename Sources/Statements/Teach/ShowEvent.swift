import Language

/// `show event NAME`.
package enum ShowEventStatement {
  static let form = Form(
    "show event", in: .teach,
    ["show", "event", .slot("event", .name(.event))],
    summary: "one event: how often, when, with which properties",
    meaning: """
      Counts and dates, the properties it carries with their fill and commonest values, and the touchpoints it \
      is linked to.
      """,
    examples: [
      "show event purchase",
      "show event visit",
    ])
}
