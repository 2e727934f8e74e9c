import EventStore
import GRDB
import JourneyTime

/// What a store holds, told without reading its columns.
package struct StoredEvents: Hashable, Sendable {
  package var name: String
  package var events: Int
  package var customers: Int
  /// First and last instant; nil for an empty store.
  package var span: ClosedRange<Instant>?
  /// Whether a column of the source names the sessions.
  package var hasSessions: Bool
  package var savedAt: Instant
  /// Differs whenever the events of this name were saved anew.
  package var revision: Int
}

/// An event name with the number of its events.
package struct StoredEventName: Hashable, Sendable {
  package var name: String
  package var events: Int
}

/// A property as the store's rows tell of it.
package struct StoredProperty: Hashable, Sendable {
  package var name: String
  package var kind: Property.Kind
  /// Distinct values of a text, 0 for other kinds.
  package var values: Int
}

/// A file that was loaded, so that loading it again can be refused.
package struct LoadedSource: Hashable, Sendable {
  /// `events`, `customers`, `survey`, …
  package var kind: String
  /// The events it went to.
  package var store: String
  package var file: String
  package var size: Int
  /// Whatever tells contents apart; equal for equal files.
  package var fingerprint: String
  package var rows: Int
  package var badRows: Int
  package var at: Instant
  /// As a statement writes them: `customer user_id time ts event action`.
  package var roles: String

  package init(
    kind: String, store: String, file: String, size: Int, fingerprint: String, rows: Int, badRows: Int, at: Instant,
    roles: String
  ) {
    (self.kind, self.store, self.file, self.size) = (kind, store, file, size)
    (self.fingerprint, self.rows, self.badRows, self.at, self.roles) = (fingerprint, rows, badRows, at, roles)
  }
}

/// The tables of events, all but the bytes of columns.
enum EventRows {
  /// Those that are told without columns.
  static let summaryTables = ["event_store", "event_name", "property"]
  static let tables = summaryTables + ["layer", "event_column"]

  static func stores(_ database: Database) throws -> [StoredEvents] {
    try CheckedRow.all(database, in: "event_store", "ORDER BY position, name").map { row in
      var span: ClosedRange<Instant>?
      if let first = try row.optionalInstant("first") {
        let last = try row.instant("last")
        guard first <= last else { throw row.damage("last") }
        span = first...last
      }
      return StoredEvents(
        name: try row.text("name"), events: try row.count("events"), customers: try row.count("customers"),
        span: span, hasSessions: try !row.cell("session").isNull, savedAt: try row.instant("saved_at"),
        revision: try row.integer("revision"))
    }
  }

  static func eventNames(_ store: String, _ database: Database) throws -> [StoredEventName] {
    try CheckedRow.all(database, in: "event_name", "WHERE store = ? ORDER BY code", [store.cell]).map {
      StoredEventName(name: try $0.text("name"), events: try $0.count("events"))
    }
  }

  static func properties(_ store: String, _ database: Database) throws -> [StoredProperty] {
    try CheckedRow.all(database, in: "property", "WHERE store = ? ORDER BY position", [store.cell]).map { row in
      guard let kind = Property.Kind(rawValue: try row.text("kind")) else { throw row.damage("kind") }
      return StoredProperty(name: try row.text("name"), kind: kind, values: try row.count("values"))
    }
  }

  static func sources(_ database: Database) throws -> [LoadedSource] {
    try CheckedRow.all(database, in: "source", "ORDER BY sequence").map { row in
      LoadedSource(
        kind: try row.text("kind"), store: try row.text("store"), file: try row.text("file"),
        size: try row.integer("size"), fingerprint: try row.text("fingerprint"), rows: try row.integer("rows"),
        badRows: try row.integer("bad_rows"), at: try row.instant("at"), roles: try row.text("roles"))
    }
  }

  static func insert(_ source: LoadedSource, into database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO source (kind, store, file, size, fingerprint, "rows", bad_rows, at, roles)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        source.kind.cell, source.store.cell, source.file.cell, source.size, source.fingerprint.cell, source.rows,
        source.badRows, source.at.cellText, source.roles.cell,
      ])
  }

  static func delete(_ store: String, from database: Database, tables: [String] = EventRows.tables) throws {
    for table in tables {
      try database.execute(
        sql: "DELETE FROM \(table) WHERE \(table == "event_store" ? "name" : "store") = ?", arguments: [store.cell])
    }
  }

  /// What tells of a store without its columns and buckets; it keeps its place among the others.
  static func insert(
    _ saved: SavedStore, _ schema: StoreSchema, _ totals: StoreTotals, into database: Database
  ) throws {
    let name = saved.name
    try database.execute(
      sql: """
        INSERT INTO event_store (name, position, revision, events, customers, first, last, session, saved_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        name.cell, saved.position, saved.revision, totals.events, totals.customers,
        totals.span.map { Instant(microseconds: $0.lowerBound).cellText },
        totals.span.map { Instant(microseconds: $0.upperBound).cellText }, schema.session, saved.at.cellText,
      ])
    for (code, event) in schema.events.enumerated() {
      try database.cachedStatement(sql: "INSERT INTO event_name (store, code, name, events) VALUES (?, ?, ?, ?)")
        .execute(arguments: [name.cell, code, event.cell, totals.eventCounts[code]])
    }
    try EventWriter(name, database).write(names: names(schema))
    for (position, property) in schema.properties.enumerated() {
      try database.execute(
        sql: "INSERT INTO property (store, position, name, kind, \"values\") VALUES (?, ?, ?, ?, ?)",
        arguments: [name.cell, position, property.name.cell, property.kind.rawValue, property.valueCount])
    }
  }
}

extension EventRows {
  /// Names of events, then of properties: kept a second time with a checksum, as rows have none.
  static func names(_ schema: StoreSchema) -> [String] { schema.events + schema.properties.map(\.name) }
}

/// Under which name a store is saved, and when.
struct SavedStore {
  var name: String
  var revision: Int
  var position: Int
  var at: Instant
}
