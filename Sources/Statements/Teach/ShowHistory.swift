import Language

/// `show history`.
package enum ShowHistoryStatement {
  static let form = Form(
    "show history", in: .teach,
    ["show", "history"],
    summary: "all changes of the map, the newest first",
    meaning: """
      Each with its time and the statement that made it; snapshots stand between them.
      """,
    examples: [
      "show history",
      "snapshot today; show history",
    ])
}
