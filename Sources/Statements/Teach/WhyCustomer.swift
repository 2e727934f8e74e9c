import Language

/// `why customer ID $x`.
package enum WhyCustomerStatement {
  static let form = Form(
    "why customer", in: .teach,
    ["why", "customer", .slot("customer", .customer), .result],
    summary: "how one customer was read by a funnel, event by event",
    meaning: """
      Every event of the journey, taken for a step or passed over, and by which rule.
      """,
    examples: [
      "why customer u42 $main",
      "why customer u7 $_",
    ])
}
