import GRDB
import JourneyModel
import JourneyTime

/// Maps as they were.
extension Workspace {
  /// Keeps the map as it is under a name of its own. Throws `taken` where the map has a snapshot of this name.
  package func takeSnapshot(_ name: String, of map: String, at time: Instant) throws(WorkspaceError) {
    try write { database in
      let content = MapDocument(try existing(map, database))
      guard try snapshotRow(name, of: map, database) == nil else {
        throw WorkspaceError(.taken(kind: "snapshot", name: name), file: path)
      }
      let sequence = try CheckedRow.one(database, "SELECT ifnull(max(sequence), 0) FROM history")?.integer(0) ?? 0
      try SealedTable.snapshot.insert(
        [map.cell, name.cell, time.cellText.databaseValue, sequence.databaseValue],
        long: [try HistoryRows.json(content).databaseValue], into: database)
    }
  }

  /// Oldest first.
  package func snapshots(of map: String) throws(WorkspaceError) -> [MapSnapshot] {
    try read { database in
      let rows = try read(.snapshot, database, isAll: true, "ORDER BY sequence, at, name", part: snapshotPart)
      return try rows.filter { try $0.text("map") == map }.map {
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
      let documents: [MapDocument] = try HistoryRows.decoded([row], "content", interruption)
      guard let map = try? documents.first?.map() else { throw row.damage("content") }
      return map
    }
  }

  /// The map as it stood after the last change at or before `time`; nil where it was not there yet. Found by taking back what came
  /// later, undos and redos included.
  package func map(_ name: String, asOf time: Instant) throws(WorkspaceError) -> JourneyMap? {
    try read { database in
      var map: JourneyMap? = try existing(name, database)
      var name = name
      let later = try historyEntries(database, after: time).reversed()
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
    try read(
      .snapshot, database, withLong: true, "WHERE map = ? AND name = ?", [map.cell, name.cell], part: snapshotPart
    ).first
  }

  private func snapshotPart(_ row: CheckedRow) throws -> Alteration.Part {
    .snapshot(try row.text("name"), map: try row.text("map"))
  }
}
