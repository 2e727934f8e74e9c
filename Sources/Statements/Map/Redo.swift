import Language

/// `redo [N]`.
package enum RedoStatement {
  static let form = Form(
    "redo", in: .map,
    ["redo", .optional([.slot("count", .number)])],
    summary: "make changes again that were undone",
    meaning: """
      A new change of the map clears what could be made again.
      """,
    examples: [
      "redo",
      "redo 2",
    ])
}
