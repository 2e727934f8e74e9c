import GRDB
import JourneyModel

/// The tables, by format. A format that has been released is never edited; the next one is a migration of its own.
enum Schema {
  /// `user_version` of a database with all migrations.
  static let version = 3

  /// The oldest format that is read as it is, where it cannot be written.
  static let firstReadable = 2

  /// Of an open database, whose tables may be older than we write them where it cannot be written.
  static func format(of database: Database) throws -> Int {
    try Int.fetchOne(database.cachedStatement(sql: "PRAGMA user_version")) ?? 0
  }

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      try database.execute(sql: "PRAGMA application_id = \(WorkspaceFile.applicationID)")
      try database.execute(sql: maps + history + events + saved)
      for kind in ElementKind.allCases { try database.execute(sql: elements(of: kind)) }
      try database.execute(sql: "PRAGMA user_version = 1")
    }
    migrator.registerMigration("2") { database in
      try database.execute(sql: layers)
      try database.execute(sql: "PRAGMA user_version = 2")
    }
    migrator.registerMigration("3") { database in
      try seal(database)
      try database.execute(sql: "PRAGMA user_version = 3")
    }
    return migrator
  }

  /// Times are UTC, `2025-07-01T10:30:15.000000Z`, so that they sort as text. A text that holds a NUL is kept as a BLOB.
  private static let maps = """
    CREATE TABLE map (
      name TEXT PRIMARY KEY, title TEXT NOT NULL, position INTEGER NOT NULL, checksum INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE note (
      map TEXT NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (map, position)
    ) WITHOUT ROWID;
    CREATE TABLE link (
      map TEXT NOT NULL, touchpoint TEXT NOT NULL, position INTEGER NOT NULL, step TEXT NOT NULL,
      PRIMARY KEY (map, touchpoint, position)
    ) WITHOUT ROWID;
    """

  /// One table for each kind of element; attributes are columns, several names of one stand as `email, web`.
  private static func elements(of kind: ElementKind) -> String {
    """
    CREATE TABLE "\(kind.rawValue)" (
      map TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, parent_kind TEXT, parent TEXT,
      owner TEXT, status TEXT, channel TEXT, persona TEXT, emotion INTEGER, severity INTEGER, impact INTEGER,
      effort INTEGER, target, since TEXT, due TEXT, reviewed TEXT, note TEXT, meaning TEXT,
      PRIMARY KEY (map, name)
    ) WITHOUT ROWID;
    """
  }

  /// `change` and `inverse` are JSON. `state` is done, undone, dropped (an undone one that a later edit made unreachable), or undo
  /// and redo for the entries that record these themselves, which `target` then refers to.
  private static let history = """
    CREATE TABLE history (
      sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, map TEXT NOT NULL, map_after TEXT NOT NULL,
      statement TEXT NOT NULL, state TEXT NOT NULL, target INTEGER, change TEXT NOT NULL, inverse TEXT NOT NULL
    );
    CREATE INDEX history_by_state ON history (state);
    CREATE TABLE snapshot (
      map TEXT NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL, sequence INTEGER NOT NULL, content TEXT NOT NULL,
      PRIMARY KEY (map, name)
    ) WITHOUT ROWID;
    """

  /// `event_column` holds `ColumnPart`s; bucket −1 is the store as a whole (its dictionaries). `data` is the last column so that
  /// the others are read without it. `session` is the `position` of the property that names sessions.
  private static let events = """
    CREATE TABLE event_store (
      name TEXT PRIMARY KEY, position INTEGER NOT NULL, revision INTEGER NOT NULL, events INTEGER NOT NULL,
      customers INTEGER NOT NULL, first TEXT, last TEXT, session INTEGER, saved_at TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE event_name (
      store TEXT NOT NULL, code INTEGER NOT NULL, name TEXT NOT NULL, events INTEGER NOT NULL,
      PRIMARY KEY (store, code)
    ) WITHOUT ROWID;
    CREATE TABLE property (
      store TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
      "values" INTEGER NOT NULL, PRIMARY KEY (store, position)
    ) WITHOUT ROWID;
    CREATE TABLE bucket (
      store TEXT NOT NULL, number INTEGER NOT NULL, customers INTEGER NOT NULL, events INTEGER NOT NULL,
      has_orders INTEGER NOT NULL, PRIMARY KEY (store, number)
    ) WITHOUT ROWID;
    CREATE TABLE event_column (
      store TEXT NOT NULL, bucket INTEGER NOT NULL, name TEXT NOT NULL, part INTEGER NOT NULL,
      encoding TEXT NOT NULL, count INTEGER NOT NULL, checksum INTEGER NOT NULL, data BLOB NOT NULL,
      PRIMARY KEY (store, bucket, name, part)
    );
    CREATE TABLE source (
      sequence INTEGER PRIMARY KEY, kind TEXT NOT NULL, store TEXT NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL,
      fingerprint TEXT NOT NULL, "rows" INTEGER NOT NULL, bad_rows INTEGER NOT NULL, at TEXT NOT NULL, roles TEXT NOT NULL
    );
    """

  /// Instead of `bucket`: of format 1 it is not known from when to when a bucket's events are. Layer 0 is a bucket's rows, 1 what
  /// came later and lies beside them, in columns called `later …`. `properties`: how many of them have a column;
  /// `added`: customers that layer 0 does not have. Columns stay
  /// as they are; their `encoding` tells the old ones.
  private static let layers = """
    CREATE TABLE layer (
      store TEXT NOT NULL, bucket INTEGER NOT NULL, layer INTEGER NOT NULL, customers INTEGER NOT NULL,
      events INTEGER NOT NULL, properties INTEGER NOT NULL, has_orders INTEGER NOT NULL, first INTEGER, last INTEGER,
      added INTEGER NOT NULL, checksum INTEGER, PRIMARY KEY (store, bucket, layer)
    ) WITHOUT ROWID;
    INSERT INTO layer
      SELECT store, number, 0, customers, events,
        (SELECT count(*) FROM property WHERE property.store = bucket.store), has_orders, NULL, NULL, customers, NULL
      FROM bucket;
    DROP TABLE bucket;
    """

  private static let saved = """
    CREATE TABLE saved_value (name TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE saved_result (name TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE segment (name TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE step (name TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    """
}
