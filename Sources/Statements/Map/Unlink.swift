import Language

/// `unlink touchpoint NAME to STEP`.
package enum UnlinkStatement {
  static let form = Form(
    "unlink", in: .map,
    ["unlink", "touchpoint", .slot("touchpoint", .name(.element(.touchpoint))), "to", .slot("one", .one)],
    summary: "cut a touchpoint from events it was linked to",
    meaning: """
      The link is named as show links writes it. A touchpoint without a link matches the event of its own name.
      """,
    examples: [
      "unlink touchpoint Checkout to event checkout_started",
      "unlink touchpoint Payment to event purchase",
    ])
}
