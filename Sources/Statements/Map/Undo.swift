import Language

/// `undo [N]`.
package enum UndoStatement {
  static let form = Form(
    "undo", in: .map,
    ["undo", .optional([.slot("count", .number)])],
    summary: "take back the last change of the map, or the last few",
    meaning: """
      The history is kept in the workspace, so undo works after a restart too.
      """,
    examples: [
      "undo",
      "undo 3",
    ])
}
