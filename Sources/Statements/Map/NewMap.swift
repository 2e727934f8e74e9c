import Language

/// `new map NAME [from …]`: begins a map.
package enum NewMapStatement {
  static let form = Form(
    "new map", in: .map,
    [
      "new", "map", .slot("name", .name(.new)),
      .optional([
        "from",
        .choice([
          ["template", .optional([.slot("template", .name(.template))])],
          ["map", .optional([.slot("map", .name(.map))])],
          ["events", .optional([.slot("events", .name(.store))])],
        ]),
      ]),
    ],
    summary: "begin a journey map: empty, from a template, or as a copy",
    meaning: """
      Templates are small-wins, acquisition, small-business, retail and classic; without a name it is classic. \
      From map copies the map in use or the one named. The new map becomes the one in use.
      """,
    examples: [
      "new map draft",
      "new map shop2 from template retail",
      "new map copy from map shop",
    ])
}
