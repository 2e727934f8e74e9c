import Language

/// `move KIND NAME PLACE`.
package enum MoveStatement {
  static let form = Form(
    "move", in: .map,
    ["move", .kind, .element, .slot("place", .place)],
    summary: "move something to another place on the map",
    meaning: """
      To says what it belongs to from now on; after and before say where it stands among its siblings. What \
      hangs under it moves along.
      """,
    examples: [
      "move stage Interest before Awareness",
      "move stage Awareness after Interest",
    ])
}
