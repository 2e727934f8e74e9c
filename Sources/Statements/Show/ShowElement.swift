import JourneyModel
import Language
import SourceText

/// `show KIND NAME`.
enum ShowElementStatement: Statement {
  static let form = Form(
    "show element", in: .teach,
    ["show", .kind, .element],
    summary: "all that is known of one thing on the map",
    meaning: """
      Its attributes and meaning, where it hangs, what hangs under it, and its links.
      """,
    examples: [
      "show stage Purchase",
      "show persona Newcomer",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let map = try session.activeMap(at: parsed.span)
    let named = try parsed.element
    let element = try Diagnostic.locating(at: parsed.span(of: "name"), map.known(named))
    return .element(element.reference, of: map, try session.measured(element))
  }
}
