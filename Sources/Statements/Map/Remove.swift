import JourneyModel
import Language
import SourceText

/// `remove KIND NAME`.
enum RemoveStatement: Statement {
  static let form = Form(
    "remove", in: .map,
    ["remove", .kind, .element],
    summary: "take something off the map, with all that hangs under it",
    meaning: """
      The reply counts what went with it. Undo brings everything back.
      """,
    examples: [
      "remove stage Post-purchase",
      "remove stage Interest",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let reference = try parsed.element
    let before = try session.activeMap(at: parsed.span).elements.count
    let map = try session.edit(parsed) { (map) throws(MapError) in try map.edit(removing: reference) }
    let below = before - map.elements.count - 1
    return .done("removed \(reference)\(below > 0 ? " and \(below) below it" : "")")
  }
}
