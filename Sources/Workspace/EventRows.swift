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
  /// Place of the property that names the sessions, if one does.
  package var session: Int?
  package var savedAt: Instant
  /// Differs whenever the events of this name were saved anew.
  package var revision: Int
  /// Whether this is not what was written: it may be shown, and no question has an answer.
  var isAltered = false
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
  /// Those that are told without columns, beside `event_store`.
  static let summaryTables = ["event_name", "property"]
  static let tables = summaryTables + ["layer", "event_column"]

  static func stores(_ rows: [CheckedRow]) throws -> [StoredEvents] {
    try rows.map { row in
      var span: ClosedRange<Instant>?
      if let first = try row.optionalInstant("first") {
        let last = try row.instant("last")
        guard first <= last else { throw row.damage("last") }
        span = first...last
      }
      return StoredEvents(
        name: try row.text("name"), events: try row.count("events"), customers: try row.count("customers"),
        span: span,
        session: try row.cell("session").isNull ? nil : row.integer("session"), savedAt: try row.instant("saved_at"),
        revision: try row.integer("revision"), isAltered: row.isAltered)
    }
  }

  static func heads(_ database: Database) throws -> [CheckedRow] {
    try SealedTable.eventStore.rows(database, "ORDER BY position, name")
  }

  /// Of a store as its row in `event_store` has it; throws where these are not the rows that were written.
  static func eventNames(
    _ store: String, _ database: Database, _ interruption: Interruption
  ) throws -> [StoredEventName] {
    try rows(of: store, in: "event_name", by: "code", sealedAs: "event_names", database, interruption).map {
      try interruption.check()
      return StoredEventName(name: try $0.text("name"), events: try $0.count("events"))
    }
  }

  static func properties(
    _ store: String, _ database: Database, _ interruption: Interruption
  ) throws -> [StoredProperty] {
    try rows(of: store, in: "property", by: "position", sealedAs: "properties", database, interruption).map { row in
      guard let kind = Property.Kind(rawValue: try row.text("kind")) else { throw row.damage("kind") }
      return StoredProperty(name: try row.text("name"), kind: kind, values: try row.count("values"))
    }
  }

  private static func rows(
    of store: String, in table: String, by order: String, sealedAs seal: String, _ database: Database,
    _ interruption: Interruption
  ) throws -> [CheckedRow] {
    let rows = try CheckedRow.all(database, in: table, "WHERE store = ? ORDER BY \(order)", [store.cell])
    guard try Schema.format(of: database) >= 3 else { return rows }
    let head = try SealedTable.eventStore.rows(database, "WHERE name = ?", [store.cell]).first
    guard let head, !head.isAltered, try head.integer(seal) == self.seal(of: rows, in: table, interruption) else {
      throw WorkspaceError(.damaged(what: "table \(table) of events '\(store)'"), file: nil)
    }
    return rows
  }

  /// Of the rows of a store in `event_name` and in `property`, as they stand.
  static func seals(_ store: DatabaseValue, _ database: Database) throws -> [Int] {
    try [("event_name", "code"), ("property", "position")].map { table, order in
      let rows = try CheckedRow.all(database, in: table, "WHERE store = ? ORDER BY \(order)", [store])
      return try seal(of: rows, in: table, Interruption())
    }
  }

  private static func seal(of rows: [CheckedRow], in table: String, _ interruption: Interruption) throws -> Int {
    var seal = Seal(of: table)
    let columns = columns(of: table)
    for row in rows {
      try interruption.check()
      for column in columns { seal.add(try row.cell(column)) }
    }
    return seal.value
  }

  static func delete(_ store: String, from database: Database, tables: [String] = EventRows.tables) throws {
    try SealedTable.eventStore.delete(from: database, "WHERE name = ?", [store.cell])
    for table in tables {
      try database.execute(sql: "DELETE FROM \(table) WHERE store = ?", arguments: [store.cell])
    }
  }

  /// What tells of a store without its columns and buckets; it keeps its place among the others.
  static func insert(
    _ saved: SavedStore, _ schema: StoreSchema, _ totals: StoreTotals, into database: Database
  ) throws {
    let name = saved.name.cell
    let eventNames = try insert(
      schema.events.enumerated().lazy.map { code, event in
        [name, code.databaseValue, event.cell, totals.eventCounts[code].databaseValue]
      }, in: "event_name", database)
    try EventWriter(saved.name, database).write(names: names(schema))
    let properties = try insert(
      schema.properties.enumerated().lazy.map { position, property in
        [
          name, position.databaseValue, property.name.cell, property.kind.rawValue.databaseValue,
          property.valueCount.databaseValue,
        ]
      }, in: "property", database)
    try SealedTable.eventStore.insert(
      [
        name, saved.position.databaseValue, saved.revision.databaseValue, totals.events.databaseValue,
        totals.customers.databaseValue, cell(totals.span?.lowerBound), cell(totals.span?.upperBound),
        schema.session?.databaseValue ?? .null, saved.at.cellText.databaseValue, eventNames.databaseValue,
        properties.databaseValue,
      ], into: database)
  }

  /// Inserts the rows of a store, by the columns of the table, and gives their seal.
  private static func insert(
    _ rows: some Sequence<[DatabaseValue]>, in table: String, _ database: Database
  ) throws -> Int {
    let columns = columns(of: table)
    let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
    let places = columns.map { _ in "?" }.joined(separator: ", ")
    let statement = try database.cachedStatement(sql: "INSERT INTO \(table) (\(names)) VALUES (\(places))")
    var seal = Seal(of: table)
    for row in rows {
      for cell in row { seal.add(cell) }
      try statement.execute(arguments: StatementArguments(row))
    }
    return seal.value
  }

  private static func columns(of table: String) -> [String] {
    table == "property" ? ["store", "position", "name", "kind", "values"] : ["store", "code", "name", "events"]
  }

  private static func cell(_ microseconds: Int64?) -> DatabaseValue {
    microseconds.map { Instant(microseconds: $0).cellText.databaseValue } ?? .null
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
