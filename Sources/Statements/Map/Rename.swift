import Language

/// `rename KIND NAME to NAME`.
package enum RenameStatement {
  static let form = Form(
    "rename", in: .map,
    ["rename", .kind, .element, "to", .slot("to", .name(.new))],
    summary: "give something on the map another name",
    meaning: """
      What hangs under it and its links stay. Names are unique within a kind.
      """,
    examples: [
      "rename stage Purchase to \"Buy it\"",
      "rename stage Interest to Curiosity",
    ])
}
