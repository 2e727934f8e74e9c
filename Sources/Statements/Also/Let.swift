import Language

/// `let $name = …`.
package enum LetStatement {
  static let form = Form(
    "let", in: .also,
    ["let", .slot("name", .variable), .symbol(.equal), .slot("value", .binding)],
    summary: "save a value, a range of dates, a path or an answer under a name",
    meaning: """
      The name stands wherever its value may. A question is asked at once and its answer kept.
      """,
    examples: [
      "let $w = 7d",
      "let $q3 = 2025-07-01 .. 2025-09-30",
      "let $buy = visit -> add_to_cart -> purchase",
      "let $main = funnel visit -> purchase",
    ])
}
