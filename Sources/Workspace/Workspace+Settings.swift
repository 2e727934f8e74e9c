import GRDB
import JourneyTime

/// Small things that are kept with the workspace.
extension Workspace {
  package enum Setting: String, CaseIterable, Sendable {
    case zone
    case activeMap = "active map"
    case activeEvents = "active events"
    /// Counts savings of events; no revision of a store is used twice.
    case eventsRevision = "events revision"
  }

  /// Zone of dates without one, and of the instants that are shown; nil until set.
  package func zone() throws(WorkspaceError) -> Zone? {
    try read { try SettingRows.value(.zone, $0).flatMap { Zone($0) } }
  }

  package func setZone(_ zone: Zone) throws(WorkspaceError) {
    try write { try SettingRows.set(.zone, to: zone.identifier, in: $0) }
  }
}

/// The table `setting`.
enum SettingRows {
  static func value(_ setting: Workspace.Setting, _ database: Database) throws -> String? {
    try CheckedRow.all(database, in: "setting", "WHERE name = ?", [setting.rawValue]).first?.text("value")
  }

  static func set(_ setting: Workspace.Setting, to value: String, in database: Database) throws {
    try database.execute(
      sql: "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", arguments: [setting.rawValue, value.cell])
  }
}

/// A text under a name, as a statement would write it.
package struct SavedText: Hashable, Sendable {
  package var name: String
  package var text: String
  package var at: Instant

  package init(name: String, text: String, at: Instant) {
    self.name = name
    self.text = text
    self.at = at
  }
}

/// What `let`, `as` and `define` keep: canonical texts, which mean what they say whenever they are used. Each kind has a table of its own.
extension Workspace {
  package enum SavedKind: String, CaseIterable, Sendable {
    /// `let $x = 7d`.
    case value = "saved_value"
    /// The question of `funnel … as main`; its answer is worked out again.
    case result = "saved_result"
    case segment
    case step
  }

  /// By name.
  package func saved(_ kind: SavedKind) throws(WorkspaceError) -> [SavedText] {
    try read { database in
      try CheckedRow.all(database, in: kind.rawValue, "ORDER BY name").map {
        SavedText(name: try $0.text("name"), text: try $0.text("text"), at: try $0.instant("at"))
      }
    }
  }

  /// Replaces what had the name before.
  package func save(_ saved: SavedText, as kind: SavedKind) throws(WorkspaceError) {
    try write {
      try $0.execute(
        sql: "INSERT OR REPLACE INTO \(kind.rawValue) (name, text, at) VALUES (?, ?, ?)",
        arguments: [saved.name.cell, saved.text.cell, saved.at.cellText])
    }
  }

  /// Nothing where there is none of this name.
  package func removeSaved(_ name: String, _ kind: SavedKind) throws(WorkspaceError) {
    try write { try $0.execute(sql: "DELETE FROM \(kind.rawValue) WHERE name = ?", arguments: [name.cell]) }
  }
}
