import JourneyModel
import Language
import SourceText

/// `unlink [touchpoint] NAME to STEP`.
enum UnlinkStatement: Statement {
  static let form = Form(
    "unlink", in: .map,
    ["unlink", .touchpoint, "to", .slot("one", .one)],
    summary: "cut a touchpoint from events it was linked to",
    meaning: """
      The link is named as show links writes it. A touchpoint without a link matches the event of its own name.
      """,
    examples: [
      "unlink touchpoint Checkout to event checkout_started",
      "unlink Payment to event purchase",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let name = parsed.name("name"), case .one(let one)? = parsed["one"] else { throw .incomplete(parsed) }
    let link = one.canonical()
    try session.edit(parsed) { (map) throws(MapError) in try map.edit(unlinking: name.text, from: link) }
    return .done("unlinked touchpoint '\(name.text)' from \(link)")
  }
}
