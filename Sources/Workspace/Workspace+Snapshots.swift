import GRDB
import JourneyModel
import JourneyTime

/// Maps as they were.
extension Workspace {
  /// Keeps the map as it is under a name of its own. Throws `taken` where the map has a snapshot of this name.
  package func takeSnapshot(_ name: String, of map: String, at time: Instant) throws(WorkspaceError) {
    try write { database in
      let content = MapDocument(try existing(map, database).map)
      guard try snapshotRow(name, of: map, database) == nil else {
        throw WorkspaceError(.taken(kind: "snapshot", name: name), file: path)
      }
      try database.execute(
        sql: """
          INSERT INTO snapshot (map, name, at, sequence, content)
          VALUES (?, ?, ?, (SELECT ifnull(max(sequence), 0) FROM history), ?)
          """,
        arguments: [map.cell, name.cell, time.cellText, try HistoryRows.json(content)])
    }
  }

  /// Oldest first.
  package func snapshots(of map: String) throws(WorkspaceError) -> [MapSnapshot] {
    try read { database in
      try CheckedRow.all(database, in: "snapshot", "WHERE map = ? ORDER BY sequence, at, name", [map.cell]).map {
        MapSnapshot(map: map, name: try $0.text("name"), at: try $0.instant("at"))
      }
    }
  }

  /// Throws `unknown` where the map has no such snapshot.
  package func map(_ map: String, inSnapshot name: String) throws(WorkspaceError) -> JourneyMap {
    try read { database in
      guard let row = try snapshotRow(name, of: map, database) else {
        throw WorkspaceError(.unknown(kind: "snapshot", name: name), file: path)
      }
      let document: MapDocument = try HistoryRows.decoded(row, "content")
      do { return try document.map() } catch { throw row.damage("content") }
    }
  }

  /// The map as it stood after the last change at or before `time`; nil where it was not there yet. Found by taking back what came
  /// later, undos and redos included.
  package func map(_ name: String, asOf time: Instant) throws(WorkspaceError) -> JourneyMap? {
    try read { database in
      var map: JourneyMap? = try existing(name, database).map
      var name = name
      let later = try HistoryRows.entries(
        database,
        "WHERE sequence > (SELECT ifnull(max(sequence), 0) FROM history WHERE at <= ?) ORDER BY sequence DESC",
        [time.cellText])
      for entry in later where entry.mapAfter == name {
        do {
          switch entry.inverse {
          case .edit(let edit): map = try map?.applying(edit)
          case .put(let document): map = try document.map()
          case .remove: map = nil
          }
        } catch {
          throw WorkspaceError(
            .damaged(what: "history entry \(entry.sequence) does not lead to map '\(name)' as it is"), file: path)
        }
        name = entry.map
      }
      return map
    }
  }

  private func snapshotRow(_ name: String, of map: String, _ database: Database) throws -> CheckedRow? {
    try CheckedRow.all(database, in: "snapshot", "WHERE map = ? AND name = ?", [map.cell, name.cell]).first
  }
}
