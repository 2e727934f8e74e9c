import Language

/// `show KIND NAME`.
package enum ShowElementStatement {
  static let form = Form(
    "show element", in: .teach,
    ["show", .kind, .element],
    summary: "all that is known of one thing on the map",
    meaning: """
      Its attributes and meaning, where it hangs, what hangs under it, and its links.
      """,
    examples: [
      "show stage Purchase",
      "show persona Newcomer",
    ])
}
