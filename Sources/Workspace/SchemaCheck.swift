import GRDB
import JourneyModel

/// Sees that the tables of a file are those that we make: that nothing stands in their place, and nothing happens by itself when they are
/// read or written. What others keep in the same file under names of their own is let be.
struct SchemaCheck {
  /// A row of `sqlite_schema`.
  private struct Object: Hashable {
    var type: String
    var name: String
    var table: String
    /// How it was made; nil for the index of a key.
    var sql: String?

    /// `trigger 'wipe' of table 'map'`.
    var description: String {
      type == "table" || type == "view" ? "\(type) '\(name)'" : "\(type) '\(name)' of table '\(table)'"
    }
  }

  /// Throws `untrusted` where something of a database in this format is not as we make it.
  static func check(_ database: Database, format: Int, file: String?) throws {
    let found = try objects(database).filter { [$0.table, $0.name].contains { ownNames.contains($0.lowercased()) } }
    if fingerprint(of: found) == Schema.fingerprints[format - 1] { return }
    let own = try ownObjects(format)
    for object in found where !own.contains(object) {
      // Whoever looks at workspaces with other tools may want an index; one that works nothing out does nothing.
      if object.type == "index", try isPlainIndex(object, database) { continue }
      throw WorkspaceError(.untrusted(what: object.description), file: file)
    }
    if let missing = own.first(where: { !found.contains($0) }) {
      throw WorkspaceError(.damaged(what: "\(missing.description) is missing"), file: file)
    }
  }

  /// Of the tables of a format, as we make them; they are known beforehand, as to make them takes longer than to open a file.
  static func fingerprint(of format: Int) throws -> Int { fingerprint(of: try ownObjects(format)) }

  private static func fingerprint(of objects: [Object]) -> Int {
    var seal = Seal(of: "sqlite_schema")
    for object in objects {
      for text in [object.type, object.name, object.table, object.sql] { seal.add(text?.databaseValue ?? .null) }
    }
    return seal.value
  }

  /// Names of the tables of all formats, in lower case.
  private static let ownNames = Set(
    SealedTable.all.map(\.name) + SummedTable.all.map(\.name) + ElementKind.allCases.map(\.rawValue) + EventRows.tables
      + ["note", "link", "emotion", "bucket", "sealed"])

  private static func objects(_ database: Database) throws -> [Object] {
    let rows = try CheckedRow.all(database, "type, name, tbl_name, sql", in: "sqlite_schema", "ORDER BY tbl_name, name")
    return try rows.map { row in
      Object(
        type: try row.text("type"), name: try row.text("name"), table: try row.text("tbl_name"),
        sql: try row.optionalText("sql"))
    }
  }

  /// What the tables of a format are.
  private static func ownObjects(_ format: Int) throws -> [Object] {
    let queue = try DatabaseQueue()
    try Schema.migrate(queue, upTo: format)
    return try queue.read(objects)
  }

  /// Whether it holds columns of all rows as they are: no expressions, no condition.
  private static func isPlainIndex(_ index: Object, _ database: Database) throws -> Bool {
    let columns = try Int.fetchAll(
      database, sql: "SELECT cid FROM pragma_index_xinfo(?) WHERE key", arguments: [index.name])
    let isPartial = try Bool.fetchOne(
      database, sql: "SELECT partial FROM pragma_index_list(?) WHERE name = ?", arguments: [index.table, index.name])
    return isPartial == false && !columns.isEmpty && columns.allSatisfy { $0 >= 0 }
  }
}
