import GRDB
import JourneyModel

/// The tables, as we write them and as older formats had them (`Schema+Formats`). A format that has been released is never edited; the next
/// one is a step of its own.
enum Schema {
  /// `user_version` of a database in the format that we write.
  static let version = 4

  /// What `SchemaCheck` makes of the tables of each format, from 1 on.
  static let fingerprints = [
    -4_355_951_756_681_254_981, -1_017_408_561_723_837_272, -8_859_201_386_602_372_198, 5_563_451_916_699_897_094,
  ]

  /// The oldest format that is read as it is, where it cannot be written.
  static let firstReadable = 2

  /// Of an open database, whose tables may be older than we write them where it cannot be written.
  static func format(of database: Database) throws -> Int {
    try Int.fetchOne(database.cachedStatement(sql: "PRAGMA user_version")) ?? 0
  }

  /// Makes the tables of an empty database, or brings older ones up to date; each step is a transaction, in which the format is looked
  /// at anew, as another process may be at the same.
  static func migrate(_ queue: DatabaseQueue, upTo format: Int = version) throws {
    var isDone = false
    while !isDone {
      isDone = try queue.write { database in
        let found = try self.format(of: database)
        guard found < format else { return true }
        switch found {
        case 0 where format == version: try make(database)
        case 0: try makeFormat1(database)
        case 1: try takeToFormat2(database)
        case 2: try takeToFormat3(database)
        default: try takeToFormat4(database)
        }
        return false
      }
    }
  }

  private static func make(_ database: Database) throws {
    try database.execute(sql: lasting + sealed + layers + people + mapAdditions)
    // No rows yet.
    for table in SealedTable.all { try database.execute(sql: "INSERT INTO sealed VALUES ('\(table.name)', 0, 0)") }
    try mark(database, version)
  }

  static func mark(_ database: Database, _ format: Int) throws {
    try database.execute(
      sql: "PRAGMA application_id = \(WorkspaceFile.applicationID); PRAGMA user_version = \(format)")
  }

  /// What no format has changed. Times are UTC, `2025-07-01T10:30:15.000000Z`, so that they sort as text. A text that holds a NUL is kept
  /// as a BLOB. `event_column` holds `ColumnPart`s; bucket −1 is the store as a whole (its dictionaries). `data` is the last column
  /// so that the others are read without it.
  static var lasting: String {
    """
    CREATE TABLE note (
      map TEXT NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (map, position)
    ) WITHOUT ROWID;
    CREATE TABLE link (
      map TEXT NOT NULL, touchpoint TEXT NOT NULL, position INTEGER NOT NULL, step TEXT NOT NULL,
      PRIMARY KEY (map, touchpoint, position)
    ) WITHOUT ROWID;
    CREATE TABLE event_name (
      store TEXT NOT NULL, code INTEGER NOT NULL, name TEXT NOT NULL, events INTEGER NOT NULL,
      PRIMARY KEY (store, code)
    ) WITHOUT ROWID;
    CREATE TABLE property (
      store TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
      "values" INTEGER NOT NULL, PRIMARY KEY (store, position)
    ) WITHOUT ROWID;
    CREATE TABLE event_column (
      store TEXT NOT NULL, bucket INTEGER NOT NULL, name TEXT NOT NULL, part INTEGER NOT NULL,
      encoding TEXT NOT NULL, count INTEGER NOT NULL, checksum INTEGER NOT NULL, data BLOB NOT NULL,
      PRIMARY KEY (store, bucket, name, part)
    );
    """ + ElementKind.allCases.filter { !laterKinds.contains($0) }.map(elements).joined()
  }

  /// Kinds of elements that came with format 4.
  private static let laterKinds: [ElementKind] = [.quote, .backstage]

  /// Those that a database has tables of.
  static func kinds(in database: Database) throws -> [ElementKind] {
    try hasMapAdditions(database) ? ElementKind.allCases : ElementKind.allCases.filter { !laterKinds.contains($0) }
  }

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

  /// Layer 0 is a bucket's rows, 1 what came later and lies beside them, in columns called `later …`. `properties`: how many of
  /// them have a column; `added`: customers that layer 0 does not have.
  static let layers = """
    CREATE TABLE layer (
      store TEXT NOT NULL, bucket INTEGER NOT NULL, layer INTEGER NOT NULL, customers INTEGER NOT NULL,
      events INTEGER NOT NULL, properties INTEGER NOT NULL, has_orders INTEGER NOT NULL, first INTEGER, last INTEGER,
      added INTEGER NOT NULL, checksum INTEGER, PRIMARY KEY (store, bucket, layer)
    ) WITHOUT ROWID;
    """

  /// What maps have had since format 4.
  static let mapAdditions =
    laterKinds.map(elements).joined() + """
      CREATE TABLE emotion (
        map TEXT NOT NULL, touchpoint TEXT NOT NULL, persona TEXT NOT NULL, emotion INTEGER NOT NULL,
        PRIMARY KEY (map, touchpoint, persona)
      ) WITHOUT ROWID;
      """

  /// Whether a database has what maps have had since format 4.
  static func hasMapAdditions(_ database: Database) throws -> Bool { try format(of: database) >= 4 }

  /// What is known beside events: of persons, of what they answered, of what channels cost, of which ids are whose. `detail` says what is in `properties`, a JSON
  /// object, and is sealed as `survey` is; the others are `SummedTable`s.
  static let people = """
    CREATE TABLE customer (customer TEXT PRIMARY KEY, properties TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE answer (
      survey TEXT NOT NULL, number INTEGER NOT NULL, customer TEXT, at TEXT NOT NULL, score INTEGER NOT NULL,
      comment TEXT, touchpoint TEXT, channel TEXT, properties TEXT NOT NULL, PRIMARY KEY (survey, number)
    ) WITHOUT ROWID;
    CREATE TABLE cost (
      number INTEGER PRIMARY KEY, channel TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, cost REAL NOT NULL
    );
    CREATE TABLE identity (number INTEGER PRIMARY KEY, device TEXT NOT NULL, customer TEXT NOT NULL);
    CREATE TABLE detail (
      owner TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, seal INTEGER,
      PRIMARY KEY (owner, position)
    ) WITHOUT ROWID;
    CREATE TABLE survey (
      name TEXT PRIMARY KEY, position INTEGER NOT NULL, scale TEXT NOT NULL, seal INTEGER
    ) WITHOUT ROWID;
    """

  /// `SealedTable`s; long columns stand last, so that the others are read without them. `change` and `inverse` are JSON. `state` is done,
  /// undone, dropped (an undone one that a later edit made unreachable), or undo and redo for the entries that record these
  /// themselves, which `target` then refers to. `session` is the `position` of the property that names sessions.
  static let sealed = """
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
