import Language
import SourceText
import Workspace

/// `snapshot NAME`.
enum SnapshotStatement: Statement {
  static let form = Form(
    "snapshot", in: .map,
    ["snapshot", .slot("name", .name(.new))],
    summary: "give the state of the map a name to compare with later",
    meaning: """
      Show diff since takes the name. Snapshots cost next to nothing and are kept in the workspace.
      """,
    examples: [
      "snapshot before-workshop",
      "snapshot \"after the pilot\"",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let name = parsed.name("name") else { throw .incomplete(parsed) }
    let map = try session.activeMap(at: parsed.span)
    try session.attempt(at: name.span) { () throws(WorkspaceError) in
      try session.workspace.takeSnapshot(name.text, of: map.name, at: session.now())
    }
    return .done("kept map '\(map.name)' as it is now under '\(name.text)'")
  }
}
