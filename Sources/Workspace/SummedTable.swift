import GRDB

/// A table of many rows that are read all at once: what they amount to stands in `sealed` and is held against them then.
///
/// It is how many there are, and the sum of their seals modulo 2⁶⁴, so that rows are added, replaced and taken away without reading the
/// others.
struct SummedTable: Sendable {
  let name: String
  let columns: [String]
  /// Whose rows these are, where several share a table; the first column says so. Nil for all.
  private(set) var owner: String?

  static let customer = SummedTable(name: "customer", columns: ["customer", "properties"])
  static let answer = SummedTable(
    name: "answer",
    columns: ["survey", "number", "customer", "at", "score", "comment", "touchpoint", "channel", "properties"])
  static let cost = SummedTable(name: "cost", columns: ["number", "channel", "first", "last", "cost"])

  static let identity = SummedTable(name: "identity", columns: ["number", "device", "customer"])

  static let all = [customer, answer, cost, identity]

  func of(_ owner: String) -> SummedTable {
    var part = self
    part.owner = owner
    return part
  }

  /// What its rows are called in `sealed`.
  private var sealName: DatabaseValue { (owner.map { "\(name) of \($0)" } ?? name).databaseValue }

  private var condition: (sql: String, arguments: StatementArguments) {
    owner.map { ("WHERE \"\(columns[0])\" = ?", [$0.cell]) } ?? ("", [])
  }

  /// Hands on each row, as its columns are, in the order of the key. False where they are not what was written.
  func each(_ database: Database, _ interruption: Interruption, _ body: ([DatabaseValue]) throws -> Void) throws -> Bool
  {
    let (rest, arguments) = condition
    let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
    let order = owner == nil ? "1" : "1, 2"
    let statement = try database.cachedStatement(sql: "SELECT \(names) FROM \(name) \(rest) ORDER BY \(order)")
    let rows = try Row.fetchCursor(statement, arguments: arguments)
    var sum = RowSum()
    while let row = try rows.next() {
      let cells = Array(row.databaseValues)
      try body(cells)
      sum.add(cells, name)
      if sum.rows & 0xFFF == 0 { try interruption.check() }
    }
    return try sum == written(database)
  }

  /// How many rows there are, as `sealed` says.
  func count(_ database: Database) throws -> Int { try written(database).rows }

  /// Changes rows by `body`, which says of each what goes and what comes.
  func change(
    _ database: Database, _ interruption: Interruption, _ body: (inout RowChange) throws -> Void
  ) throws {
    var change = RowChange(of: self, from: try written(database), database, interruption)
    try body(&change)
    let sum = try change.finish()
    try database.cachedStatement(sql: "INSERT OR REPLACE INTO sealed (name, \"rows\", sum) VALUES (?, ?, ?)")
      .execute(arguments: [sealName, sum.rows, sum.sum])
  }

  /// The highest number of a row; 0 where there is none.
  func lastNumber(_ database: Database) throws -> Int {
    let (rest, arguments) = condition
    return try CheckedRow.all(database, "ifnull(max(number), 0) AS last", in: name, rest, arguments)
      .first?.integer("last") ?? 0
  }

  /// Takes all of them away.
  func clear(_ database: Database) throws {
    let (rest, arguments) = condition
    try database.cachedStatement(sql: "DELETE FROM \(name) \(rest)").execute(arguments: arguments)
    try database.cachedStatement(sql: "DELETE FROM sealed WHERE name = ?").execute(arguments: [sealName])
  }

  /// What all rows amounted to when they were written.
  func written(_ database: Database) throws -> RowSum {
    guard let row = try CheckedRow.all(database, in: "sealed", "WHERE name = ?", [sealName]).first else {
      // Nothing was written, or what it amounts to is lost.
      let (rest, arguments) = condition
      guard try Row.fetchOne(database, sql: "SELECT 1 FROM \(name) \(rest) LIMIT 1", arguments: arguments) == nil else {
        throw WorkspaceError(.damaged(what: "table sealed, which has lost \(name)"), file: nil)
      }
      return RowSum()
    }
    return RowSum(rows: try row.count("rows"), sum: try row.integer("sum"))
  }
}

/// Rows that come and go, and what all then amount to. Those that are added are written many at a time.
struct RowChange {
  private static let rowsAtOnce = 64

  private let table: SummedTable
  private let database: Database
  private let interruption: Interruption
  private var sum: RowSum
  /// Cells of rows that are not yet written, one row after another.
  private var waiting: [(any DatabaseValueConvertible)?] = []

  fileprivate init(
    of table: SummedTable, from sum: RowSum, _ database: Database, _ interruption: Interruption
  ) {
    (self.table, self.sum, self.database, self.interruption) = (table, sum, database, interruption)
  }

  /// Adds a row whose key no other has.
  mutating func add(_ cells: [DatabaseValue]) throws {
    for cell in cells { waiting.append(cell) }
    sum.add(cells, table.name)
    if waiting.count == Self.rowsAtOnce * table.columns.count { try write() }
    if sum.rows & 0xFFF == 0 { try interruption.check() }
  }

  /// Puts a row in the place of the one with its key.
  mutating func replace(_ old: [DatabaseValue], by cells: [DatabaseValue]) throws {
    try execute("INSERT OR REPLACE", cells, rows: 1)
    sum.remove(old, table.name)
    sum.add(cells, table.name)
  }

  /// Notes that a row was taken away.
  mutating func remove(_ cells: [DatabaseValue]) { sum.remove(cells, table.name) }

  fileprivate mutating func finish() throws -> RowSum {
    try write()
    return sum
  }

  private mutating func write() throws {
    guard !waiting.isEmpty else { return }
    try execute("INSERT", waiting, rows: waiting.count / table.columns.count)
    waiting.removeAll(keepingCapacity: true)
  }

  private func execute(_ verb: String, _ cells: [(any DatabaseValueConvertible)?], rows: Int) throws {
    let row = "(" + table.columns.map { _ in "?" }.joined(separator: ", ") + ")"
    let places = Array(repeating: row, count: rows).joined(separator: ", ")
    try database.cachedStatement(sql: "\(verb) INTO \(table.name) VALUES \(places)")
      .execute(arguments: StatementArguments(cells))
  }
}

/// What rows amount to.
struct RowSum: Equatable {
  private(set) var rows = 0
  private(set) var sum = 0

  mutating func add(_ cells: [DatabaseValue], _ table: String) {
    rows += 1
    sum &+= Seal.value(of: cells, in: table)
  }

  mutating func remove(_ cells: [DatabaseValue], _ table: String) {
    rows -= 1
    sum &-= Seal.value(of: cells, in: table)
  }
}
