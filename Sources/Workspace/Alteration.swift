import GRDB
import SourceText

/// Something in a workspace that was changed by anything but a workspace: by hand in SQLite, or by a fault of the disk. It is read as it
/// is; people are told once.
package struct Alteration: Hashable, Sendable {
  package enum Part: Hashable, Sendable {
    case map(String)
    case snapshot(String, map: String)
    /// An entry of the history, by its number.
    case change(Int)
    case saved(Workspace.SavedKind, String)
    case setting(String)
    /// The record that a file was loaded.
    case source(String)
    /// Events under a name: what is told of them, without their columns.
    case events(String)
    /// Rows of a table that are gone, or that came from elsewhere.
    case rows(table: String)
    /// The file at the path is no longer the one that was opened.
    case place
  }

  /// The path as it was given; nil in memory.
  package var file: String?
  package var part: Part
  /// Tells one state of the part from another: what was changed twice is told twice.
  var state: Int

  /// Stable, for scripts and the docs.
  package static let code = DiagnosticCode.workspaceAltered

  /// Lower case, no full stop.
  package var message: String {
    let file = file.map { "'\($0)'" } ?? "the workspace in memory"
    return switch part {
    case .place: "\(file) is no longer the file that was opened: it was moved, deleted or replaced"
    case .rows(let table):
      "rows of table '\(table)' in \(file) were added or taken away by something other than waymark"
    default: "\(subject) in \(file) was changed by something other than waymark"
    }
  }

  /// What to do about it.
  package var hint: String {
    switch part {
    case .place: "what is shown is what was opened; save \"copy.waymark\" keeps it"
    case .events: "load them again, or take the file from a copy"
    default: "it counts as it is now, and undo cannot take that back; if it was not you, compare it with a copy"
    }
  }

  private var subject: String {
    switch part {
    case .map(let name): "map '\(name)'"
    case .snapshot(let name, let map): "snapshot '\(name)' of map '\(map)'"
    case .change(let number): "change \(number) of the history"
    case .saved(.value, let name), .saved(.result, let name): "$\(name)"
    case .saved(.segment, let name): "segment '\(name)'"
    case .saved(.step, let name): "step '\(name)'"
    case .setting(let name): "the setting '\(name)'"
    case .source(let file): "the record of loading '\(file)'"
    case .events(let name): "what is told of events '\(name)'"
    case .rows, .place: ""
    }
  }
}

/// What a workspace has met that was altered, and has not been told yet.
struct Alterations {
  /// Few, if any.
  private var known: [Alteration] = []
  private var told = 0

  mutating func note(_ alteration: Alteration) {
    if !known.contains(alteration) { known.append(alteration) }
  }

  mutating func take() -> [Alteration] {
    defer { told = known.count }
    return Array(known[told...])
  }
}

extension Workspace {
  /// What was met since it was last asked and had not been met before.
  package func takeAlterations() -> [Alteration] {
    if let heldPeople, heldPeople.isAltered { note(.rows(table: "customer"), state: heldPeople.sum.sum) }
    return alterations.take()
  }

  func note(_ part: Alteration.Part, state: Int) {
    alterations.note(Alteration(file: path, part: part, state: state))
  }

  /// Rows of a sealed table; `part` says what to call one that was altered. With `isAll`, they should be all that there are.
  func read(
    _ table: SealedTable, _ database: Database, withLong: Bool = false, isAll: Bool = false, _ rest: String = "",
    _ arguments: StatementArguments = [], part: (CheckedRow) throws -> Alteration.Part
  ) throws -> [CheckedRow] {
    let rows = try table.rows(database, withLong: withLong, rest, arguments)
    for row in rows where row.isAltered { note(try part(row), state: row.foundSeal) }
    if isAll, try !table.isWhole(rows, database) {
      note(.rows(table: table.name), state: rows.reduce(rows.count) { $0 &+ $1.foundSeal })
    }
    return rows
  }
}

extension DiagnosticCode {
  package static let workspaceAltered = DiagnosticCode(
    "workspace.altered",
    "A warning: something other than waymark has changed the file, by hand or by a fault of the disk. What is there counts."
  )
}
