import JourneyModel
import Language
import SourceText

/// `note TEXT [on KIND NAME] [since DATES]`.
enum NoteStatement: Statement {
  static let form = Form(
    "note", in: .map,
    [
      "note", .slot("text", .text), .optional(["on", .kind, .element]), .optional(["since", .slot("dates", .range)]),
    ],
    summary: "write a note on the map or on something on it",
    meaning: """
      Notes are kept in their order and come along in exports. With since they say when something happened: the dates stand in front of the \
      text, and lift and compare warn where they look at these dates.
      """,
    examples: [
      "note \"second workshop\"",
      "note \"ask Legal\" on stage Purchase",
      "note \"phones cannot pay\" on touchpoint Checkout since 2025-04-07 .. 2025-04-20",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard var text = parsed.text("text") else { throw .incomplete(parsed) }
    if case .range(let dates)? = parsed["dates"], !text.isBlank {
      text = DatedNote.note(text, on: try session.resolver().dates(of: dates))
    }
    let reference = parsed.has("on") ? try parsed.element : nil
    try session.edit(parsed) { (map) throws(MapError) in try map.edit(noting: text, on: reference) }
    return .done("noted on \(reference.map { "\($0)" } ?? "the map")")
  }
}

extension Resolver {
  /// The dates of a range as they are written, those that follow from the data as dates.
  fileprivate func dates(of range: RangeSyntax) throws(Diagnostic) -> String {
    let label = try self.range(range).label(in: vocabulary.zone)
    let written = try written(range)
    return if case .dates = written.content { written.canonical } else { label }
  }
}
