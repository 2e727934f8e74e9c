import Language

/// `check map [NAME]`.
package enum CheckMapStatement {
  static let form = Form(
    "check map", in: .ask,
    ["check", "map", .optional([.slot("map", .name(.map))])],
    summary: "what is missing on the map or does not fit the events",
    meaning: """
      Each finding has a stable code, such as map.touchpoint-unlinked. Assert check map = 0 holds when there is \
      none.
      """,
    examples: [
      "check map",
      "check map shop",
    ])
}
