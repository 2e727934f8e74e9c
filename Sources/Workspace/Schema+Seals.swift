import GRDB

/// Format 3: every row that decides an answer can be told from one that was changed.
extension Schema {
  /// Makes the tables anew, with their seals; long columns stand last, so that the others are read without them. Rows are sealed as
  /// they are.
  static func seal(_ database: Database) throws {
    for table in SealedTable.all { try database.execute(sql: "ALTER TABLE \(table.name) RENAME TO unsealed_\(table.name)") }
    try database.execute(sql: "DROP INDEX history_by_state")
    try database.execute(sql: tables)
    for table in SealedTable.all {
      let names = (table.columns + table.long).map { "\"\($0)\"" }.joined(separator: ", ")
      let rows = try Row.fetchCursor(database, sql: "SELECT \(names) FROM unsealed_\(table.name)")
      while let row = try rows.next() {
        var cells = Array(row.databaseValues)
        let long = Array(cells[table.columns.count...])
        cells.removeLast(long.count)
        if table.name == SealedTable.eventStore.name {
          cells += try EventRows.seals(cells[0], database).map(\.databaseValue)
        }
        try table.insert(cells, long: long, into: database)
      }
      try table.count(database)
      try database.execute(sql: "DROP TABLE unsealed_\(table.name)")
    }
    for (store, layer) in try LayerRow.unsealed(database) { try layer.seal(of: store, in: database) }
  }

  private static let tables = """
    CREATE TABLE sealed (
      name TEXT PRIMARY KEY, "rows" INTEGER NOT NULL, sum INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE map (
      name TEXT PRIMARY KEY, title TEXT NOT NULL, position INTEGER NOT NULL, checksum INTEGER NOT NULL, seal INTEGER
    ) WITHOUT ROWID;
    CREATE TABLE history (
      sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, map TEXT NOT NULL, map_after TEXT NOT NULL,
      statement TEXT NOT NULL, state TEXT NOT NULL, target INTEGER, checksum INTEGER, seal INTEGER,
      change TEXT NOT NULL, inverse TEXT NOT NULL
    );
    CREATE TABLE snapshot (
      map TEXT NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL, sequence INTEGER NOT NULL,
      checksum INTEGER, seal INTEGER, content TEXT NOT NULL, PRIMARY KEY (map, name)
    ) WITHOUT ROWID;
    CREATE TABLE event_store (
      name TEXT PRIMARY KEY, position INTEGER NOT NULL, revision INTEGER NOT NULL, events INTEGER NOT NULL,
      customers INTEGER NOT NULL, first TEXT, last TEXT, session INTEGER, saved_at TEXT NOT NULL,
      event_names INTEGER, properties INTEGER, seal INTEGER
    ) WITHOUT ROWID;
    CREATE TABLE source (
      sequence INTEGER PRIMARY KEY, kind TEXT NOT NULL, store TEXT NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL,
      fingerprint TEXT NOT NULL, "rows" INTEGER NOT NULL, bad_rows INTEGER NOT NULL, at TEXT NOT NULL,
      roles TEXT NOT NULL, seal INTEGER
    );
    CREATE TABLE saved_value (name TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL, seal INTEGER) WITHOUT ROWID;
    CREATE TABLE saved_result (name TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL, seal INTEGER) WITHOUT ROWID;
    CREATE TABLE segment (name TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL, seal INTEGER) WITHOUT ROWID;
    CREATE TABLE step (name TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL, seal INTEGER) WITHOUT ROWID;
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL, seal INTEGER) WITHOUT ROWID;
    """
}
