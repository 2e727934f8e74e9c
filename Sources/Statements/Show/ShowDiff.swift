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
    ["show", "diff", .since],
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
    var before = try session.before(parsed, of: map)
    if before == nil { before = try beginning(of: map, in: session) }
    guard let (old, since) = before else { throw .incomplete(parsed) }
    let lines = try session.apart { MapDiff(from: old ?? JourneyMap(name: map.name), to: map).lines }
    let count = lines.isEmpty ? "no change" : lines.count == 1 ? "1 change" : "\(lines.count) changes"
    return .answer(
      Answer(
        tables: lines.isEmpty ? [] : [Table(columns: [.init("change")], rows: lines.map { [.text($0)] })],
        notes: ["map '\(map.name)' since \(since): \(count)"]))
  }

  /// The map as it was begun or loaded.
  private static func beginning(
    of map: JourneyMap, in session: Session
  ) throws(Diagnostic) -> (map: JourneyMap?, called: String) {
    let first = try session.attempt(session.workspace.history(of: map.name)).first
    let old = try session.attempt(
      first.flatMap { (entry) throws(WorkspaceError) in try session.workspace.map(map.name, asOf: entry.at) })
    return (old, "its beginning")
  }
}
