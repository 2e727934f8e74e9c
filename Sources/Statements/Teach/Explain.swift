import Language

/// `explain STATEMENT`.
package enum ExplainStatement {
  static let form = Form(
    "explain", in: .teach,
    ["explain", .choice([[.slot("statement", .statement)], [.result]])],
    summary: "say in plain words what a statement asks or does",
    meaning: """
      Nothing is run or changed. Of a saved answer it explains the question.
      """,
    examples: [
      "explain funnel visit -> purchase within 7d",
      "explain $main",
      "explain add stage Loyalty after Post-purchase",
    ])
}
