import GRDB
import JourneyModel
import JourneyTime

/// Maps and their history. There is one line of changes for the whole workspace: making, replacing and removing maps are on it
/// like any edit, and `undo` takes back the last change whichever map it was of, and makes that map the active one.
extension Workspace {
  /// In the order they were made.
  package func mapNames() throws(WorkspaceError) -> [String] {
    try read { try names($0) }
  }

  /// Throws `unknown` where there is none of this name.
  package func map(_ name: String) throws(WorkspaceError) -> JourneyMap {
    try read { try existing(name, $0) }
  }

  /// The map that statements mean when they name none: the one last made, edited or used; nil where there is none.
  package func activeMapName() throws(WorkspaceError) -> String? {
    try read { database in
      let names = try names(database)
      guard let active = try setting(.activeMap, database), names.contains(active) else {
        return names.count == 1 ? names[0] : nil
      }
      return active
    }
  }

  package func useMap(_ name: String) throws(WorkspaceError) {
    try write { database in
      _ = try existing(name, database)
      try set(.activeMap, to: name, database)
    }
  }

  /// Makes the change on the map as it is in the file now, and gives the map as it is then. Throws `unfit` where the edit does not
  /// apply.
  @discardableResult
  package func edit(
    _ name: String, _ edit: MapEdit, at time: Instant, statement: String
  ) throws(WorkspaceError) -> JourneyMap {
    try transaction { () throws(WorkspaceError) in
      guard let map = try change(name, .edit(change: edit), at: time, statement: statement) else { throw unknown(name) }
      return map
    }
  }

  /// Adds a map and makes it the active one. Throws `taken` where there is one of its name, unless it is to be replaced.
  package func addMap(
    _ map: JourneyMap, replacing: Bool = false, at time: Instant, statement: String
  ) throws(WorkspaceError) {
    try write { database in
      if !replacing, try names(database).contains(map.name) {
        throw WorkspaceError(.taken(kind: "map", name: map.name), file: path)
      }
      try change(map.name, .put(map: MapDocument(map)), at: time, statement: statement)
    }
  }

  package func removeMap(_ name: String, at time: Instant, statement: String) throws(WorkspaceError) {
    try write { database in
      _ = try existing(name, database)
      try change(name, .remove, at: time, statement: statement)
    }
  }

  /// Takes back up to `count` changes; gives those it took back, the latest first. Fewer, or none, where there are no more.
  package func undo(_ count: Int = 1, at time: Instant) throws(WorkspaceError) -> [HistoryEntry] {
    try step(count, from: .done, to: .undone, at: time, as: .undo)
  }

  /// Which maps `undo` of so many changes takes away, and by what statement each came.
  package func madeMaps(undoing count: Int) throws(WorkspaceError) -> [(name: String, statement: String)] {
    try read { try doneEntries(last: count, $0) }.filter { $0.inverse == .remove }.map { ($0.mapAfter, $0.statement) }
  }

  /// Makes up to `count` undone changes again, in their order.
  package func redo(_ count: Int = 1, at time: Instant) throws(WorkspaceError) -> [HistoryEntry] {
    try step(count, from: .undone, to: .done, at: time, as: .redo)
  }

  /// Oldest first; with `last`, only the latest so many.
  package func history(of map: String? = nil, last: Int? = nil) throws(WorkspaceError) -> [HistoryEntry] {
    try read { database in
      let entries = try historyEntries(database).filter { map == nil || $0.map == map || $0.mapAfter == map }
      return last.map { Array(entries.suffix($0)) } ?? entries
    }
  }

  // MARK: - Making changes

  /// Gives the map after the change, nil where there is none any more.
  @discardableResult
  private func change(
    _ name: String, _ change: MapChange, at time: Instant, statement: String
  ) throws(WorkspaceError) -> JourneyMap? {
    try write { database in
      let applied = try apply(change, to: name, database)
      try dropUndone(database)
      try append(
        HistoryEntry(
          sequence: 0, at: time, map: name, mapAfter: applied.name, statement: statement, state: .done,
          change: change, inverse: applied.inverse), database)
      return applied.map
    }
  }

  private func step(
    _ count: Int, from: HistoryEntry.State, to: HistoryEntry.State, at time: Instant, as recorded: HistoryEntry.State
  ) throws(WorkspaceError) -> [HistoryEntry] {
    try write { database in
      var entries: [HistoryEntry] = []
      while entries.count < count {
        guard let entry = try nextEntry(from, database) else { break }
        let isUndo = recorded == .undo
        let name = isUndo ? entry.mapAfter : entry.map
        let change = isUndo ? entry.inverse : entry.change
        let applied = try apply(change, to: name, database)
        try setState(to, of: entry.sequence, database)
        try append(
          HistoryEntry(
            sequence: 0, at: time, map: name, mapAfter: applied.name, statement: recorded.rawValue, state: recorded,
            target: entry.sequence, change: change, inverse: applied.inverse), database)
        entries.append(entry)
      }
      return entries
    }
  }

  private struct Applied {
    /// What takes the change back.
    var inverse: MapChange
    /// The map's name after the change, though there may be no map any more.
    var name: String
    var map: JourneyMap?
  }

  /// Changes the rows of a map, and makes it the active one.
  private func apply(_ change: MapChange, to name: String, _ database: Database) throws -> Applied {
    let old = try found(name, database)
    let putBack: MapChange = old.map { .put(map: MapDocument($0)) } ?? .remove
    var applied = Applied(inverse: putBack, name: name, map: nil)
    switch change {
    case .edit(let edit):
      guard let old else { throw unknown(name) }
      let new = try old.applying(edit)
      if new.name != old.name { try rename(old, to: new.name, database) }
      applied = Applied(inverse: .edit(change: edit.inverse), name: new.name, map: new)
    case .put(let document): applied.map = try document.map()
    case .remove: break
    }
    try MapRows.replace(old == nil ? nil : name, by: applied.map, in: database)
    if applied.map != nil { try set(.activeMap, to: applied.name, database) }
    return applied
  }

  /// Snapshots go with the map.
  private func rename(_ map: JourneyMap, to name: String, _ database: Database) throws {
    if try names(database).contains(name) {
      throw WorkspaceError(.taken(kind: "map", name: name), file: path)
    }
    try SealedTable.snapshot.set("map", to: name.cell, in: database, "WHERE map = ?", [map.name.cell])
  }

  private func names(_ database: Database) throws -> [String] {
    try read(.map, database, isAll: true, "ORDER BY position, name") { .map(try $0.text("name")) }
      .map { try $0.text("name") }
  }

  func existing(_ name: String, _ database: Database) throws -> JourneyMap {
    guard let map = try found(name, database) else { throw unknown(name) }
    return map
  }

  private func found(_ name: String, _ database: Database) throws -> JourneyMap? {
    try lastRead(\.lastMap, name, database) {
      guard let rows = try MapRows.read(name, from: database, interruption) else { return nil }
      if rows.isAltered { note(.map(name), state: rows.foundChecksum) }
      return rows.map
    }
  }

  func unknown(_ name: String) -> WorkspaceError {
    WorkspaceError(.unknown(kind: "map", name: name), file: path)
  }
}
