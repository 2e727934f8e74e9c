import GRDB
import JourneyTime

/// Small things that are kept with the workspace.
extension Workspace {
  package enum Setting: String, CaseIterable, Sendable {
    case zone
    case activeMap = "active map"
    case activeEvents = "active events"
    case activeSurvey = "active survey"
    /// Counts savings of events; no revision of a store is used twice.
    case eventsRevision = "events revision"
    /// Of which states of the data comparisons were made.
    case looks
  }

  /// Zone of dates without one, and of the instants that are shown; nil until set. Throws where the system does not know it: any other
  /// would tell other days.
  package func zone() throws(WorkspaceError) -> Zone? {
    try read { database in
      guard let name = try setting(.zone, database) else { return nil }
      guard let zone = Zone(name) else {
        throw WorkspaceError(.damaged(what: "the setting 'zone' is no zone: '\(name)'"), file: path)
      }
      return zone
    }
  }

  package func setZone(_ zone: Zone) throws(WorkspaceError) {
    try write { try set(.zone, to: zone.identifier, $0) }
  }

  /// All are read, so that one which was taken away is noticed.
  func setting(_ setting: Setting, _ database: Database) throws -> String? {
    try read(.setting, database, isAll: true) { .setting(try $0.text("name")) }
      .first { try $0.text("name") == setting.rawValue }?.text("value")
  }

  func set(_ setting: Setting, to value: String, _ database: Database) throws {
    try SealedTable.setting.insert([setting.rawValue.databaseValue, value.cell], replacing: true, into: database)
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
      let rows = try read(.saved(kind), database, isAll: true, "ORDER BY name") { .saved(kind, try $0.text("name")) }
      return try rows.map {
        SavedText(name: try $0.text("name"), text: try $0.text("text"), at: try $0.instant("at"))
      }
    }
  }

  /// Replaces what had the name before.
  package func save(_ saved: SavedText, as kind: SavedKind) throws(WorkspaceError) {
    try write {
      let cells = [saved.name.cell, saved.text.cell, saved.at.cellText.databaseValue]
      try SealedTable.saved(kind).insert(cells, replacing: true, into: $0)
    }
  }

  /// Nothing where there is none of this name.
  package func removeSaved(_ name: String, _ kind: SavedKind) throws(WorkspaceError) {
    try write { try SealedTable.saved(kind).delete(from: $0, "WHERE name = ?", [name.cell]) }
  }
}
