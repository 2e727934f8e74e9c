import JourneyModel
import Language
import SourceText

/// `set KIND NAME …`: changes attributes.
enum SetElementStatement: Statement {
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

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let reference = try parsed.element
    let settings = try session.settings(of: parsed)
    let meaning = try session.meaning(of: parsed, for: reference.kind)
    try session.edit(parsed) { (map) throws(MapError) in
      try map.edit(setting: reference, settings, meaning: meaning)
    }
    return .done("set \(reference)")
  }
}
