import Language

/// `remove KIND NAME`.
package enum RemoveStatement {
  static let form = Form(
    "remove", in: .map,
    ["remove", .kind, .element],
    summary: "take something off the map, with all that hangs under it",
    meaning: """
      The reply counts what went with it. Undo brings everything back.
      """,
    examples: [
      "remove stage Post-purchase",
      "remove stage Interest",
    ])
}
