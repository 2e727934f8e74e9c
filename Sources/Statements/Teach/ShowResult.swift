import Language

/// `show $x`.
package enum ShowResultStatement {
  static let form = Form(
    "show result", in: .teach,
    ["show", .result],
    summary: "a saved value or answer again",
    meaning: """
      $name is one saved with as or let, $3 the third of this session, $_ the last one.
      """,
    examples: [
      "show $main",
      "show $_",
    ])
}
