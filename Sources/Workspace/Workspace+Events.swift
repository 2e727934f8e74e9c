import EventStore
import GRDB
import JourneyQuery
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
    try read { try stores($0) }
  }

  /// In code order. Throws `unknown` where there are no events of this name.
  package func eventNames(of name: String) throws(WorkspaceError) -> [StoredEventName] {
    try read { database in
      try lastRead(\.lastNames, name, database) {
        _ = try stored(name, database)
        return try EventRows.eventNames(name, database, interruption)
      }
    }
  }

  /// In column order.
  package func properties(of name: String) throws(WorkspaceError) -> [StoredProperty] {
    try read { database in
      _ = try stored(name, database)
      return try EventRows.properties(name, database, interruption)
    }
  }

  /// What is known of a store without its columns. Throws `unknown` where there are no events of this name.
  package func catalog(of name: String) throws(WorkspaceError) -> Catalog {
    let (names, properties) = (try eventNames(of: name), try properties(of: name))
    let stored = try storedEvents().first { $0.name == name }
    let people = try customerDetails()
    return Catalog(
      span: stored?.span, events: names.map(\.name),
      properties: properties.compactMap { property in
        Catalog.Property.Kind(rawValue: property.kind.rawValue).map { Catalog.Property(name: property.name, kind: $0) }
      },
      people: people.compactMap { detail in
        Catalog.Property.Kind(rawValue: detail.kind.rawValue).map { Catalog.Property(name: detail.name, kind: $0) }
      }, session: stored?.session.flatMap { properties.indices.contains($0) ? properties[$0].name : nil })
  }

  /// The events that statements mean: those last saved or used; nil where there are none.
  package func activeEventsName() throws(WorkspaceError) -> String? {
    try read { database in
      let names = try stores(database).map(\.name)
      guard let active = try setting(.activeEvents, database), names.contains(active) else {
        return names.count == 1 ? names[0] : nil
      }
      return active
    }
  }

  package func useEvents(_ name: String) throws(WorkspaceError) {
    try write { database in
      _ = try stored(name, database)
      try set(.activeEvents, to: name, database)
    }
  }

  /// The files that were loaded, oldest first; those of forgotten events are forgotten too.
  package func sources() throws(WorkspaceError) -> [LoadedSource] {
    try read { database in
      let rows = try read(.source, database, isAll: true, "ORDER BY sequence") { .source(try $0.text("file")) }
      return try rows.map { row in
        LoadedSource(
          kind: try row.text("kind"), store: try row.text("store"), file: try row.text("file"),
          size: try row.integer("size"), fingerprint: try row.text("fingerprint"), rows: try row.integer("rows"),
          badRows: try row.integer("bad_rows"), at: try row.instant("at"), roles: try row.text("roles"))
      }
    }
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
  /// - Parameter progress: called with the share of columns written, 0…1; an interruption by then ends the saving, and nothing has
  ///   changed.
  package func saveEvents(
    _ draft: some EventStoreDraft, as name: String, from source: LoadedSource? = nil, at time: Instant,
    progress: (Double) -> Void = { _ in }
  ) throws(WorkspaceError) {
    if isReadOnly { throw WorkspaceError(.readOnly, file: path) }
    // Without a file the store stays in memory, and is written when the workspace is. What lies in a file is read before the
    // transaction begins: once it is open, only this thread may read.
    var held: EventStore?
    if path == nil || draft is EventStore { held = try whole(draft) }
    try write { database in
      let revision = try nextRevision(database)
      let stores = try EventRows.heads(database)
      let old = try stores.first { try $0.text("name") == name }?.integer("position")
      let position = try old ?? (stores.map { try $0.integer("position") }.max() ?? 0) &+ 1
      try EventRows.delete(name, from: database)
      let totals: StoreTotals
      switch held {
      case let held? where path == nil: totals = StoreTotals(held)
      case let held?: totals = try EventWriter(name, database).write(held) { try advance($0, progress) }
      case nil: totals = try EventWriter(name, database).write(draft) { try advance($0, progress) }
      }
      let saved = SavedStore(name: name, revision: revision, position: position, at: time)
      try EventRows.insert(saved, draft.schema, totals, into: database)
      if let source { try insert(source, database) }
      try set(.activeEvents, to: name, database)
      try set(.eventsRevision, to: String(revision), database)
      heldEvents[name] = path == nil ? held.map { HeldEvents(store: $0, revision: revision) } : nil
    }
  }

  /// The whole of a draft in memory.
  private func whole(_ draft: some EventStoreDraft) throws(WorkspaceError) -> EventStore {
    let store: EventStore
    do { store = try EventStore(draft) } catch { throw WorkspaceError(error, file: path) }
    let (known, held) = (store.faults?.count ?? 0, store.held)
    try check(store, since: known)
    return held
  }

  /// Tells how much is written, and throws where that is not wanted any more.
  func advance(_ share: Double, _ progress: (Double) -> Void) throws(WorkspaceError) {
    progress(share)
    try interruption.check()
  }

  /// Takes a store and its sources away. Their room in the file is used again; `compact` gives it back.
  package func forgetEvents(_ name: String) throws(WorkspaceError) {
    try write { database in
      _ = try stored(name, database)
      try EventRows.delete(name, from: database)
      try SealedTable.source.delete(from: database, "WHERE kind = 'events' AND store = ?", [name.cell])
      heldEvents[name] = nil
    }
  }

  /// All events of a store, whose columns are read when they are touched. Whether they could be is told by its `faults`.
  package func events(_ name: String) throws(WorkspaceError) -> EventStore {
    try read { database in
      let summary = try stored(name, database)
      if let held = heldEvents[name], held.revision == summary.revision { return held.store }
      let store = try StoredColumns.open(name, database, queue, columnCache, interruption)
      heldEvents[name] = HeldEvents(store: store, revision: summary.revision)
      return store
    }
  }

  /// Throws `unknown` where there is none of this name, `damaged` where what is told of it was altered.
  func stored(_ name: String, _ database: Database) throws -> StoredEvents {
    guard let found = try stores(database).first(where: { $0.name == name }) else {
      throw WorkspaceError(.unknown(kind: "events", name: name), file: path)
    }
    guard !found.isAltered else {
      throw WorkspaceError(.damaged(what: "what is told of events '\(name)'"), file: path)
    }
    return found
  }

  private func stores(_ database: Database) throws -> [StoredEvents] {
    try EventRows.stores(
      read(.eventStore, database, isAll: true, "ORDER BY position, name") { .events(try $0.text("name")) })
  }

  func nextRevision(_ database: Database) throws -> Int {
    (try setting(.eventsRevision, database).flatMap { Int($0) } ?? 0) &+ 1
  }

  func insert(_ source: LoadedSource, _ database: Database) throws {
    let last = try CheckedRow.one(database, "SELECT ifnull(max(sequence), 0) FROM source")?.integer(0) ?? 0
    try SealedTable.source.insert(
      [
        (last &+ 1).databaseValue, source.kind.cell, source.store.cell, source.file.cell, source.size.databaseValue,
        source.fingerprint.cell, source.rows.databaseValue, source.badRows.databaseValue,
        source.at.cellText.databaseValue, source.roles.cell,
      ], into: database)
  }
}
