import JourneyModel
import Language
import SourceText

/// `note TEXT [on KIND NAME]`.
enum NoteStatement: Statement {
  static let form = Form(
    "note", in: .map,
    ["note", .slot("text", .text), .optional(["on", .kind, .element])],
    summary: "write a note on the map or on something on it",
    meaning: """
      Notes are kept in their order and come along in exports.
      """,
    examples: [
      "note \"second workshop\"",
      "note \"ask Legal\" on stage Purchase",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let text = parsed.text("text") else { throw .incomplete(parsed) }
    let reference = parsed.has("on") ? try parsed.element : nil
    try session.edit(parsed) { (map) throws(MapError) in try map.edit(noting: text, on: reference) }
    return .done("noted on \(reference.map { "\($0)" } ?? "the map")")
  }
}
