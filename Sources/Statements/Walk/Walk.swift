import JourneyModel
import Language
import Rendering
import SourceText

/// `walk [PERSONA]`: the map touchpoint by touchpoint.
enum WalkStatement: Statement {
  static let form = Form(
    "walk", in: .teach,
    ["walk", .optional([.slot("persona", .name(.element(.persona)))])],
    summary: "go through the map touchpoint by touchpoint, or as a persona",
    meaning: """
      At each touchpoint stands what is said of it and what hangs on it, how many customers came there (of all who are \
      on the map), how many of them did something on a later stage afterwards, and what the others did next. With a \
      persona it leaves out what names other personas and not this one, and counts the people that the persona stands for. At the \
      prompt Enter goes on, b goes back, and q or ^C leaves; note, pain, question, need and other kinds with a text \
      behind them are put on the map there, and undo takes them back; other statements work as ever. Elsewhere all of it is shown at once. Without events the figures are left out.
      """,
    examples: [
      "walk",
      "walk Newcomer",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let persona = parsed.name("persona")
    if let take = session.takeWalk, try take(persona) { return .silence }
    return .walk(try session.walk(as: persona, at: parsed.span))
  }
}

/// `export walk [PERSONA] to FILE [as FORMAT]`: writes all of a walk.
enum ExportWalkStatement: Statement {
  static let form = Form(
    "export walk", in: .data,
    ["export", "walk", .optional([.slot("persona", .name(.element(.persona)))]), .exported],
    summary: "write the map as a document to read, touchpoint by touchpoint",
    meaning: """
      All that walk shows, as markdown or html; without as the ending of the file name decides.
      """,
    examples: [
      "export walk to \"walk.md\"",
      "export walk Newcomer to \"newcomer.html\"",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    try session.files.door.check()
    let target = try ExportTarget(parsed, among: FileFormat.documents)
    let walk = try session.walk(as: parsed.name("persona"), at: parsed.span)
    let text = try session.apart { target.format == Format.html.rawValue ? walk.html : walk.markdown }
    try session.files.write(text, to: target.file, at: target.span)
    let whose = walk.persona.map { " as \($0.name)" } ?? ""
    return .done("wrote the walk through map '\(walk.map.name)'\(whose) to '\(target.file)'")
  }
}
