import Language

/// `set KIND NAME …`: changes attributes.
package enum SetElementStatement {
  static let form = Form(
    "set", in: .map,
    [
      "set", .kind, .element,
      .choice([
        [
          .slot("setting", .setting), .repeated([.slot("setting", .setting)]),
          .optional([.slot("meaning", .meaning)]),
        ],
        [.slot("meaning", .meaning)],
      ]),
    ],
    summary: "change attributes or the meaning of something on the map",
    meaning: """
      What is given replaces what was there; attributes that are not named stay. Several values of one attribute \
      are joined by commas.
      """,
    examples: [
      "set stage Purchase owner Payments status live",
      "set stage Purchase emotion -1",
    ])
}
