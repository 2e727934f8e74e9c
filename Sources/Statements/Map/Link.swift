import Language

/// `link touchpoint NAME to STEP`.
package enum LinkStatement {
  static let form = Form(
    "link", in: .map,
    ["link", "touchpoint", .slot("touchpoint", .name(.element(.touchpoint))), "to", .slot("one", .one)],
    summary: "tie a touchpoint to the events that realise it",
    meaning: """
      Several links of a touchpoint add up. A link may carry a condition on the event. A touchpoint without a \
      link matches the event of its own name.
      """,
    examples: [
      "link touchpoint Checkout to event checkout_started",
      "link touchpoint Checkout to event checkout_started(device = mobile)",
    ])
}
