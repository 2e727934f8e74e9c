import JourneyModel
import Language
import SourceText

/// `rename KIND NAME to NAME`.
enum RenameStatement: Statement {
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

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let reference = try parsed.element
    guard let name = parsed.name("to") else { throw .incomplete(parsed) }
    try session.edit(parsed) { (map) throws(MapError) in try map.edit(renaming: reference, to: name.text) }
    return .done("renamed \(reference) to '\(name.text)'")
  }
}
