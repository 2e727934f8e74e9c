import Language

/// `show customer ID`.
package enum ShowCustomerStatement {
  static let form = Form(
    "show customer", in: .teach,
    ["show", "customer", .slot("customer", .customer)],
    summary: "the journey of one customer as a timeline",
    meaning: """
      All events in canonical order with the time between them and their properties.
      """,
    examples: [
      "show customer u42",
      "show customer u7",
    ])
}
