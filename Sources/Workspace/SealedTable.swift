import GRDB

/// A table whose rows are sealed, so that one which anything but us has changed, or a fault of the disk, is noticed.
///
/// A row's `seal` is that of its other cells; a long one is sealed for itself, in `checksum`, and need not be read for it. What all
/// rows amount to stands in the table `sealed`: how many there are, and the sum of their seals, modulo 2⁶⁴. The history grows
/// without end, so its rows are counted one by one, and their numbers do for a sum.
struct SealedTable: Sendable {
  let name: String
  /// Those of format 2, then those that came with the seal.
  let columns: [String]
  let added: [String]
  /// Columns of format 2 whose texts are long; `checksum` is of these.
  let long: [String]

  private init(_ name: String, _ columns: [String], added: [String] = [], long: [String] = []) {
    (self.name, self.columns, self.long) = (name, columns, long)
    self.added = long.isEmpty ? added : added + ["checksum"]
  }

  static let map = SealedTable("map", ["name", "title", "position", "checksum"])
  static let history = SealedTable(
    "history", ["sequence", "at", "map", "map_after", "statement", "state", "target"], long: ["change", "inverse"])
  static let snapshot = SealedTable("snapshot", ["map", "name", "at", "sequence"], long: ["content"])
  /// `event_names` and `properties` are the seals of the store's rows in the tables of these names.
  static let eventStore = SealedTable(
    "event_store",
    ["name", "position", "revision", "events", "customers", "first", "last", "session", "saved_at"],
    added: ["event_names", "properties"])
  static let source = SealedTable(
    "source", ["sequence", "kind", "store", "file", "size", "fingerprint", "rows", "bad_rows", "at", "roles"])
  static let setting = SealedTable("setting", ["name", "value"])
  static let detail = SealedTable("detail", ["owner", "position", "name", "kind"])
  static let survey = SealedTable("survey", ["name", "position", "scale"])

  static func saved(_ kind: Workspace.SavedKind) -> SealedTable {
    SealedTable(kind.rawValue, ["name", "text", "at"])
  }

  private var isNumbered: Bool { name == Self.history.name }

  static let ofFormat3 =
    [map, history, snapshot, eventStore, source, setting] + Workspace.SavedKind.allCases.map(saved)
  static let all = ofFormat3 + [detail, survey]

  /// Of which format 2 knows nothing.
  private static let firstFormat = 3

  // MARK: - Reading

  /// `rest` is SQL from WHERE on. Long columns are read where they are asked for.
  func rows(
    _ database: Database, withLong: Bool = false, _ rest: String = "", _ arguments: StatementArguments = []
  ) throws -> [CheckedRow] {
    let isSealed = try Schema.format(of: database) >= Self.firstFormat
    var names = columns + (isSealed ? added + ["seal"] : [])
    if withLong { names += long }
    let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
    return try CheckedRow.all(database, list, in: name, rest, arguments).map { row in
      guard isSealed else { return row }
      var row = row
      let seal = Seal.value(of: try (columns + added).map(row.cell), in: name)
      row.foundSeal = seal
      row.isAltered = try row.cell("seal") != seal.databaseValue
      if withLong, !long.isEmpty {
        let checksum = Seal.value(of: try long.map(row.cell), in: name)
        if try row.cell("checksum") != checksum.databaseValue { (row.isAltered, row.foundSeal) = (true, checksum) }
      }
      return row
    }
  }

  /// Whether these are all the rows that were written, as far as their own seals tell.
  func isWhole(_ rows: [CheckedRow], _ database: Database) throws -> Bool {
    guard try Schema.format(of: database) >= Self.firstFormat else { return true }
    let seals = try rows.map { try $0.cell("seal") }
    return try CheckedRow.all(database, in: "sealed", "WHERE name = ?", [name]).first.map { row in
      try row.integer("rows") == rows.count && row.integer("sum") == (isNumbered ? 0 : Self.sum(seals))
    } ?? false
  }

  private static func sum(_ seals: [DatabaseValue]) -> Int {
    seals.reduce(0) { $0 &+ (Int.fromDatabaseValue($1) ?? 0) }
  }

  // MARK: - Writing

  /// - Parameters:
  ///   - cells: by `columns`, then by `added` without `checksum`.
  ///   - long: by `long`.
  func insert(
    _ cells: [DatabaseValue], long texts: [DatabaseValue] = [], replacing: Bool = false, into database: Database
  ) throws {
    let sealed = long.isEmpty ? cells : cells + [Seal.value(of: texts, in: name).databaseValue]
    let row = sealed + [Seal.value(of: sealed, in: name).databaseValue] + texts
    let names = (columns + added + ["seal"] + long).map { "\"\($0)\"" }.joined(separator: ", ")
    let places = Array(repeating: "?", count: row.count).joined(separator: ", ")
    try database.cachedStatement(
      sql: "INSERT \(replacing ? "OR REPLACE " : "")INTO \(name) (\(names)) VALUES (\(places))"
    ).execute(arguments: StatementArguments(row))
    try count(adding: 1, database)
  }

  /// Changes one cell of the rows that `rest` finds, SQL from WHERE on without arguments of its own but those given. What was altered
  /// before stays so.
  func set(
    _ column: String, to cell: DatabaseValue, in database: Database, _ rest: String, _ arguments: StatementArguments
  ) throws {
    guard let changed = columns.firstIndex(of: column) else { return }
    let rows = try rows(database, rest, arguments)
    let seals = try rows.map { row in
      if row.isAltered { return try row.cell("seal") }
      var cells = try (columns + added).map(row.cell)
      cells[changed] = cell
      return Seal.value(of: cells, in: name).databaseValue
    }
    let old = try rows.map { try $0.cell("seal") }
    for (old, seal) in zip(old, seals) {
      try database.cachedStatement(
        sql: "UPDATE OR REPLACE \(name) SET \"\(column)\" = ?, seal = ? \(rest) AND seal IS ?"
      ).execute(arguments: [cell, seal] + arguments + [old])
    }
    try count(adding: 0, database)
  }

  func delete(from database: Database, _ rest: String, _ arguments: StatementArguments) throws {
    try database.cachedStatement(sql: "DELETE FROM \(name) \(rest)").execute(arguments: arguments)
    try count(database)
  }

  /// Writes down what all rows amount to now.
  func count(_ database: Database) throws {
    let seals = try DatabaseValue.fetchAll(database.cachedStatement(sql: "SELECT seal FROM \(name)"))
    try database.cachedStatement(sql: "INSERT OR REPLACE INTO sealed (name, \"rows\", sum) VALUES (?, ?, ?)")
      .execute(arguments: [name, seals.count, isNumbered ? 0 : Self.sum(seals)])
  }

  private func count(adding added: Int, _ database: Database) throws {
    guard isNumbered else { return try count(database) }
    try database.cachedStatement(sql: "UPDATE sealed SET \"rows\" = \"rows\" + ? WHERE name = ?")
      .execute(arguments: [added, name])
  }
}
