import JourneyModel
import Language
import SourceText

/// `move KIND NAME PLACE`.
enum MoveStatement: Statement {
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

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let reference = try parsed.element
    try session.edit(parsed) { (map) throws(MapError) in try map.edit(moving: reference, to: parsed.place) }
    return .done("moved \(reference)")
  }
}
