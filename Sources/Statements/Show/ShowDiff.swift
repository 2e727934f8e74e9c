import JourneyModel
import JourneyQuery
import JourneyTime
import Language
import Rendering
import SourceText
import Workspace

/// `show diff [since DATE|SNAPSHOT]`.
enum ShowDiffStatement: Statement {
  static let form = Form(
    "show diff", in: .teach,
    [
      "show", "diff",
      .optional(["since", .choice([[.slot("date", .date)], [.slot("snapshot", .name(.snapshot))]])]),
    ],
    summary: "what changed on the map since a date or a snapshot",
    meaning: """
      Without since, since the map was begun or loaded.
      """,
    examples: [
      "show diff",
      "show diff since 2025-07-01",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let map = try session.activeMap(at: parsed.span)
    let (old, since) = try before(parsed, of: map, in: session)
    let lines = try session.apart { MapDiff(from: old, to: map).lines }
    let count = lines.isEmpty ? "no change" : lines.count == 1 ? "1 change" : "\(lines.count) changes"
    return .answer(
      Answer(
        tables: lines.isEmpty ? [] : [Table(columns: [.init("change")], rows: lines.map { [.text($0)] })],
        notes: ["map '\(map.name)' since \(since): \(count)"]))
  }

  /// The map to hold the present one against, and what it is called.
  private static func before(
    _ parsed: ParsedStatement, of map: JourneyMap, in session: Session
  ) throws(Diagnostic) -> (JourneyMap, String) {
    if let name = parsed.name("snapshot") {
      let old = try session.attempt(at: name.span, session.workspace.map(map.name, inSnapshot: name.text))
      return (old, "snapshot '\(name.text)'")
    }
    if case .date(let date)? = parsed["date"] {
      let start = date.range(in: try session.zone).lowerBound
      let old = try session.attempt(at: parsed.span(of: "date"), session.workspace.map(map.name, asOf: start))
      return (old ?? JourneyMap(name: map.name), "\(date)")
    }
    let first = try session.attempt(session.workspace.history(of: map.name)).first
    let old = try session.attempt(
      first.flatMap { (entry) throws(WorkspaceError) in try session.workspace.map(map.name, asOf: entry.at) })
    return (old ?? JourneyMap(name: map.name), "its beginning")
  }
}
