import JourneyQuery
import Language
import Rendering
import SourceText
import Workspace

/// `show history`.
enum ShowHistoryStatement: Statement {
  static let form = Form(
    "show history", in: .teach,
    ["show", "history"],
    summary: "all changes of the map, the newest first",
    meaning: """
      Each with its time and the statement that made it; snapshots stand between them.
      """,
    examples: [
      "show history",
      "snapshot today; show history",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let entries = try session.attempt(session.workspace.history())
    let rows = entries.reversed().map { entry -> [Cell] in
      let state = entry.state == .done ? Cell.missing : .text("\(entry.state)")
      return [.integer(entry.sequence), .instant(entry.at), .text(entry.mapAfter), .text(entry.statement), state]
    }
    let columns: [Table.Column] = [
      .init("change"), .init("when", priority: 1), .init("map", priority: 2), .init("statement"), .init("state"),
    ]
    return .answer(Answer(tables: [Table(columns: columns, rows: rows)]))
  }
}
