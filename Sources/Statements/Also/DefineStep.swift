import Language

/// `define step NAME as STEP`.
package enum DefineStepStatement {
  static let form = Form(
    "define step", in: .also,
    ["define", "step", .slot("name", .name(.new)), "as", .slot("one", .one)],
    summary: "name a step to use in paths",
    meaning: """
      A step may be any event, with conditions and alternatives. Defining the name again replaces it.
      """,
    examples: [
      "define step buy as {purchase | checkout_started}",
      "define step bigbuy as purchase(revenue > 100)",
    ])
}
