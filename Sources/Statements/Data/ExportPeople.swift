import Language

/// `export people $x [lost] at STEP to FILE`: writes customers.
package enum ExportPeopleStatement {
  static let form = Form(
    "export people", in: .data,
    ["export", "people", .result, .reached, .exported],
    summary: "write the customers behind an answer to a file",
    meaning: """
      One customer a row. With at, those who reached a step; with lost at, those who reached it and went no \
      further: the same people that the answer counted.
      """,
    examples: [
      "export people $main lost at add_to_cart to \"carts.csv\"",
      "export people $main to \"everyone.csv\"",
    ])
}
