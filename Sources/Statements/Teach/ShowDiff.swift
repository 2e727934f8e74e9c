import Language

/// `show diff [since DATE|SNAPSHOT]`.
package enum ShowDiffStatement {
  static let form = Form(
    "show diff", in: .teach,
    [
      "show", "diff",
      .optional(["since", .choice([[.slot("date", .date)], [.slot("snapshot", .name(.snapshot))]])]),
    ],
    summary: "what changed on the map since a date or a snapshot",
    meaning: """
      Without since, since the map was begun or loaded.
      """,
    examples: [
      "show diff",
      "show diff since 2025-07-01",
    ])
}
