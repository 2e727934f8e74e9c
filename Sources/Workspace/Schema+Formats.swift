import GRDB

/// What older formats had, and the steps from each to the next.
extension Schema {
  static func makeFormat1(_ database: Database) throws {
    try database.execute(sql: lasting + unsealed + buckets)
    try mark(database, 1)
  }

  /// `layer` comes instead of `bucket`: of format 1 it is not known from when to when a bucket's events are. Columns stay as they are; their
  /// `encoding` tells the old ones.
  static func takeToFormat2(_ database: Database) throws {
    try database.execute(
      sql: layers + """
        INSERT INTO layer
          SELECT store, number, 0, customers, events,
            (SELECT count(*) FROM property WHERE property.store = bucket.store), has_orders, NULL, NULL, customers, NULL
          FROM bucket;
        DROP TABLE bucket;
        """)
    try mark(database, 2)
  }

  /// Every row that decides an answer can be told from one that was changed. Rows are sealed as they are.
  /// `grdb_migrations` said the format a second time.
  static func takeToFormat3(_ database: Database) throws {
    try database.execute(sql: "DROP INDEX history_by_state; DROP TABLE IF EXISTS grdb_migrations")
    for table in SealedTable.ofFormat3 {
      try database.execute(sql: "ALTER TABLE \(table.name) RENAME TO unsealed_\(table.name)")
    }
    try database.execute(sql: sealed)
    for table in SealedTable.ofFormat3 {
      try table.count(database)
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
      try database.execute(sql: "DROP TABLE unsealed_\(table.name)")
    }
    for (store, layer) in try LayerRow.unsealed(database) { try layer.seal(of: store, in: database) }
    try mark(database, 3)
  }

  /// Tables of people come, and what maps have had since.
  static func takeToFormat4(_ database: Database) throws {
    try database.execute(sql: people + mapAdditions)
    for table in [SealedTable.detail, .survey] { try table.count(database) }
    try mark(database, 4)
  }

  private static let buckets = """
    CREATE TABLE bucket (
      store TEXT NOT NULL, number INTEGER NOT NULL, customers INTEGER NOT NULL, events INTEGER NOT NULL,
      has_orders INTEGER NOT NULL, PRIMARY KEY (store, number)
    ) WITHOUT ROWID;
    """

  private static let unsealed = """
    CREATE TABLE map (
      name TEXT PRIMARY KEY, title TEXT NOT NULL, position INTEGER NOT NULL, checksum INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE history (
      sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, map TEXT NOT NULL, map_after TEXT NOT NULL,
      statement TEXT NOT NULL, state TEXT NOT NULL, target INTEGER, change TEXT NOT NULL, inverse TEXT NOT NULL
    );
    CREATE INDEX history_by_state ON history (state);
    CREATE TABLE snapshot (
      map TEXT NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL, sequence INTEGER NOT NULL, content TEXT NOT NULL,
      PRIMARY KEY (map, name)
    ) WITHOUT ROWID;
    CREATE TABLE event_store (
      name TEXT PRIMARY KEY, position INTEGER NOT NULL, revision INTEGER NOT NULL, events INTEGER NOT NULL,
      customers INTEGER NOT NULL, first TEXT, last TEXT, session INTEGER, saved_at TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE source (
      sequence INTEGER PRIMARY KEY, kind TEXT NOT NULL, store TEXT NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL,
      fingerprint TEXT NOT NULL, "rows" INTEGER NOT NULL, bad_rows INTEGER NOT NULL, at TEXT NOT NULL, roles TEXT NOT NULL
    );
    CREATE TABLE saved_value (name TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE saved_result (name TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE segment (name TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE step (name TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    """
}
