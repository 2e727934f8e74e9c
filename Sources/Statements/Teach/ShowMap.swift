import Language

/// `show map [NAME] [with metrics]`.
package enum ShowMapStatement {
  static let form = Form(
    "show map", in: .teach,
    ["show", "map", .optional([.slot("map", .name(.map))]), .optional(["with", "metrics"])],
    summary: "draw the map: stages across, lanes down",
    meaning: """
      With metrics, each touchpoint carries its reach, and the conversion stands between stages.
      """,
    examples: [
      "show map",
      "show map with metrics",
    ])
}
