import Language
import SourceText

/// `show map [NAME] [with metrics]`.
enum ShowMapStatement: Statement {
  static let form = Form(
    "show map", in: .teach,
    ["show", "map", .optional([.slot("map", .name(.map))]), .optional(["with", "metrics"])],
    summary: "draw the map: stages across, lanes down",
    meaning: """
      With metrics, each touchpoint carries its reach, and the conversion stands between stages.
      """,
    examples: [
      "show map",
      "show map with metrics",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let map = try session.map(parsed.name("map"), at: parsed.span)
    return .map(map, parsed.has("metrics") ? try session.metrics(of: map, at: parsed.span) : nil)
  }
}
