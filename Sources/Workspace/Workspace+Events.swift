import EventStore
import GRDB
import JourneyTime

/// Events that are in memory anyway.
struct HeldEvents {
  var store: EventStore
  var revision: Int
}

/// Stores of events, each under a name; one is the active one. What a store holds is in plain rows, its columns are BLOBs that are
/// read when the events are first asked for.
extension Workspace {
  /// In the order they were first saved.
  package func storedEvents() throws(WorkspaceError) -> [StoredEvents] {
    try read { try EventRows.stores($0) }
  }

  /// In code order. Throws `unknown` where there are no events of this name.
  package func eventNames(of name: String) throws(WorkspaceError) -> [StoredEventName] {
    try read { database in
      _ = try stored(name, database)
      return try EventRows.eventNames(name, database)
    }
  }

  /// In column order.
  package func properties(of name: String) throws(WorkspaceError) -> [StoredProperty] {
    try read { database in
      _ = try stored(name, database)
      return try EventRows.properties(name, database)
    }
  }

  /// The events that statements mean: those last saved or used; nil where there are none.
  package func activeEventsName() throws(WorkspaceError) -> String? {
    try read { database in
      let names = try EventRows.stores(database).map(\.name)
      guard let active = try SettingRows.value(.activeEvents, database), names.contains(active) else {
        return names.count == 1 ? names[0] : nil
      }
      return active
    }
  }

  package func useEvents(_ name: String) throws(WorkspaceError) {
    try write { database in
      _ = try stored(name, database)
      try SettingRows.set(.activeEvents, to: name, in: database)
    }
  }

  /// The files that were loaded, oldest first; those of forgotten events are forgotten too.
  package func sources() throws(WorkspaceError) -> [LoadedSource] {
    try read { try EventRows.sources($0) }
  }

  /// The load that brought the same contents into the same events, if there was one.
  package func source(like source: LoadedSource) throws(WorkspaceError) -> LoadedSource? {
    try sources().last {
      $0.kind == source.kind && $0.store == source.store && $0.size == source.size
        && $0.fingerprint == source.fingerprint
    }
  }

  /// Saves a store under a name, in place of what had it, with the source it came from, and makes it the active one: one transaction.
  ///
  /// - Parameter progress: called with the share of columns written, 0…1; what it throws ends the saving, and nothing has changed.
  package func saveEvents(
    _ draft: any EventStoreDraft, as name: String, from source: LoadedSource? = nil, at time: Instant,
    progress: (Double) throws -> Void = { _ in }
  ) throws {
    if isReadOnly { throw WorkspaceError(.readOnly, file: path) }
    let store = try EventStore(draft)
    try transaction {
      let revision = try write { database in
        let revision = (try SettingRows.value(.eventsRevision, database).flatMap { Int($0) } ?? 0) + 1
        let stores = try CheckedRow.all(database, in: "event_store")
        let old = try stores.first { try $0.text("name") == name }?.integer("position")
        let position = try old ?? (stores.map { try $0.count("position") }.max() ?? 0) + 1
        try EventRows.delete(name, from: database)
        try EventRows.insert(store, as: name, revision: revision, position: position, at: time, into: database)
        if let source { try EventRows.insert(source, into: database) }
        try SettingRows.set(.activeEvents, to: name, in: database)
        try SettingRows.set(.eventsRevision, to: String(revision), in: database)
        return revision
      }
      if path != nil, let current { try Self.writeColumns(of: store, as: name, into: current, progress) }
      heldEvents[name] = HeldEvents(store: store, revision: revision)
    }
  }

  /// Adds events behind those that a store has, as `EventStore.appending` does; saves them where there is none of this name. One
  /// transaction, and the store is the active one afterwards.
  ///
  /// - Parameter progress: as for `saveEvents`.
  /// - Returns: properties whose kind changed by it.
  package func addEvents(
    _ draft: any EventStoreDraft, to name: String, from source: LoadedSource? = nil, at time: Instant,
    progress: (Double) throws -> Void = { _ in }
  ) throws -> [EventStore.KindChange] {
    guard try storedEvents().contains(where: { $0.name == name }) else {
      try saveEvents(draft, as: name, from: source, at: time, progress: progress)
      return []
    }
    let (whole, changed) = try events(name).appending(EventStore(draft))
    try saveEvents(whole, as: name, from: source, at: time, progress: progress)
    return changed
  }

  /// Takes a store and its sources away. Their room in the file is used again; `compact` gives it back.
  package func forgetEvents(_ name: String) throws(WorkspaceError) {
    try write { database in
      _ = try stored(name, database)
      try EventRows.delete(name, from: database)
      try database.execute(sql: "DELETE FROM source WHERE store = ?", arguments: [name.cell])
      heldEvents[name] = nil
    }
  }

  /// All events of a store; read once, then held. Throws `damaged` that names the first column that is not as it was written.
  package func events(_ name: String) throws(WorkspaceError) -> EventStore {
    let (store, damage) = try readableEvents(name)
    if let first = damage.first {
      let others = damage.count > 1 ? " (and \(damage.count - 1) more)" : ""
      throw WorkspaceError(.damaged(what: first.description + others), file: path)
    }
    return store
  }

  /// What can be read of a store, with what cannot: a damaged property is missing in its bucket's events, a bucket without its
  /// customers, instants or event codes is empty.
  package func readableEvents(_ name: String) throws(WorkspaceError) -> (store: EventStore, damage: [DamagedColumn]) {
    try read { database in
      let summary = try stored(name, database)
      if let held = heldEvents[name], held.revision == summary.revision { return (held.store, []) }
      let (store, damage) = try StoredColumns.read(name, database)
      if damage.isEmpty { heldEvents[name] = HeldEvents(store: store, revision: summary.revision) }
      return (store, damage)
    }
  }

  static func writeColumns(
    of store: EventStore, as name: String, into database: Database, _ progress: (Double) throws -> Void
  ) throws {
    let insert = try database.makeStatement(
      sql: """
        INSERT INTO event_column (store, bucket, name, part, encoding, count, checksum, data)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    func write(_ parts: [ColumnPart], _ bucket: Int, _ column: String) throws {
      for (number, part) in parts.enumerated() {
        try insert.execute(arguments: [
          name.cell, bucket, column, number, part.encoding.rawValue, part.count, Int(Checksum.crc32(of: part.data)),
          part.data,
        ])
      }
    }
    for (index, property) in store.schema.properties.enumerated() where property.kind == .text {
      try write(ColumnPart.parts(property.dictionary), EventColumns.wholeStore, EventColumns.dictionary(index))
    }
    for (number, bucket) in store.buckets.enumerated() {
      let columns = EventColumns.columns(of: bucket)
      for (index, column) in columns.enumerated() {
        try progress((Double(number) + Double(index) / Double(columns.count)) / Double(store.buckets.count))
        try write(column.parts(), number, column.name)
      }
    }
    try progress(1)
  }

  private func stored(_ name: String, _ database: Database) throws -> StoredEvents {
    guard let found = try EventRows.stores(database).first(where: { $0.name == name }) else {
      throw WorkspaceError(.unknown(kind: "events", name: name), file: path)
    }
    return found
  }
}
