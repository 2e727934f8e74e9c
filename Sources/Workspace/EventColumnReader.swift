import EventStore
import Foundation
import GRDB

/// Reads the columns of one store, and keeps what it found damaged instead of stopping there.
final class EventColumnReader {
  let store: String
  let schema: StoreSchema
  private(set) var damage: [DamagedColumn] = []
  private let database: Database
  private var parts: [Key: [Stored]] = [:]
  private let data: Statement

  private struct Key: Hashable {
    var bucket: Int
    var column: String
  }

  /// All of a part but its bytes.
  private struct Stored {
    var row: Int
    var encoding: ColumnEncoding?
    var count: Int
    var checksum: Int
  }

  /// - Parameter schema: with empty dictionaries.
  init(_ store: String, _ schema: StoreSchema, _ database: Database) throws {
    self.store = store
    self.database = database
    data = try database.makeStatement(sql: "SELECT data FROM event_column WHERE rowid = ?")
    let rows = try CheckedRow.all(
      database, "rowid AS \"row\", bucket, name, encoding, count, checksum", in: "event_column",
      "WHERE store = ? ORDER BY bucket, name, part", [store.cell])
    for row in rows {
      parts[Key(bucket: try row.integer("bucket"), column: try row.text("name")), default: []].append(
        Stored(
          row: try row.integer("row"), encoding: ColumnEncoding(rawValue: try row.text("encoding")),
          count: try row.count("count"), checksum: try row.integer("checksum")))
    }
    self.schema = schema
  }

  func texts(_ column: String, bucket: Int = EventColumns.wholeStore) -> [String]? {
    joined(column, bucket) { $0.texts() }
  }

  func offsets(_ bucket: Int) -> [UInt32]? {
    joined(EventColumns.offsets, bucket) { $0.offsets() }
  }

  func instants(_ column: String, _ bucket: Int, rows: Int) -> [Int64]? {
    sized(joined(column, bucket) { $0.instants() }, column, bucket, rows)
  }

  func numbers(_ column: String, _ bucket: Int, rows: Int) -> [Double]? {
    sized(joined(column, bucket) { $0.numbers() }, column, bucket, rows)
  }

  /// - Parameter limit: codes are below it.
  func codes(_ column: String, _ bucket: Int, rows: Int? = nil, limit: Int) -> CodeColumn? {
    let parts = parts(column, bucket) { $0.codes() }
    guard let codes = parts.flatMap(CodeColumn.init(joining:)) else {
      if parts != nil { note("its parts differ in width", column, bucket) }
      return nil
    }
    guard rows == nil || codes.count == rows else {
      note("\(codes.count) values where \(rows ?? 0) belong", column, bucket)
      return nil
    }
    guard codes.largest.map({ $0 < limit }) ?? true else {
      note("a code without a name", column, bucket)
      return nil
    }
    return codes
  }

  func bitmap(_ column: String, _ bucket: Int, rows: Int) -> Bitmap? {
    var left = rows
    let words = joined(column, bucket) { part in
      let expected = min(left, ColumnPart.rows)
      left -= expected
      return part.words(rows: expected)
    }
    guard let words else { return nil }
    guard left == 0, let bitmap = Bitmap(words: words, count: rows) else {
      note("too few values", column, bucket)
      return nil
    }
    return bitmap
  }

  func note(_ reason: String, _ column: String, _ bucket: Int) {
    let words = column.split(separator: " ")
    var shown = column
    if words.count == 2, let index = Int(words[1]), schema.properties.indices.contains(index) {
      shown = "\(words[0]) \(schema.properties[index].name)"
    }
    damage.append(
      DamagedColumn(
        store: store, bucket: bucket == EventColumns.wholeStore ? nil : bucket, column: shown, reason: reason))
  }

  private func sized<Value>(_ values: [Value]?, _ column: String, _ bucket: Int, _ rows: Int) -> [Value]? {
    guard let values else { return nil }
    guard values.count == rows else {
      note("\(values.count) values where \(rows) belong", column, bucket)
      return nil
    }
    return values
  }

  private func joined<Value>(
    _ column: String, _ bucket: Int, _ decode: (ColumnPart) -> [Value]?
  ) -> [Value]? {
    guard var parts = parts(column, bucket, decode) else { return nil }
    return parts.count == 1 ? parts.removeLast() : Array(parts.joined())
  }

  /// Nil, and noted, unless every part is there and as it was written.
  private func parts<Value>(_ column: String, _ bucket: Int, _ decode: (ColumnPart) -> Value?) -> [Value]? {
    guard let stored = parts[Key(bucket: bucket, column: column)] else {
      note("it is missing", column, bucket)
      return nil
    }
    var values: [Value] = []
    for part in stored {
      do {
        guard let value = try read(part, decode) else {
          note("its checksum or its size is wrong", column, bucket)
          return nil
        }
        values.append(value)
      } catch {
        note("\((error as? DatabaseError)?.message ?? "\(error)")", column, bucket)
        return nil
      }
    }
    return values
  }

  private func read<Value>(_ part: Stored, _ decode: (ColumnPart) -> Value?) throws -> Value? {
    guard let encoding = part.encoding else { return nil }
    let cursor = try Row.fetchCursor(data, arguments: [part.row])
    // The row's bytes are SQLite's, until the cursor goes.
    defer { withExtendedLifetime(cursor) {} }
    guard let row = try cursor.next() else { return nil }
    return try row.withUnsafeData(atIndex: 0) { data in
      guard let data, Int(Checksum.crc32(of: data)) == part.checksum else { return nil }
      return decode(ColumnPart(encoding: encoding, count: part.count, data: data))
    }
  }
}

extension CodeColumn {
  /// Nil where the parts are of different widths, or there is none.
  fileprivate init?(joining parts: [CodeColumn]) {
    guard let first = parts.first else { return nil }
    if parts.count == 1 {
      self = first
      return
    }
    switch first {
    case .narrow:
      let codes = parts.compactMap { if case .narrow(let codes) = $0 { codes } else { nil } }
      guard codes.count == parts.count else { return nil }
      self = .narrow(Array(codes.joined()))
    case .medium:
      let codes = parts.compactMap { if case .medium(let codes) = $0 { codes } else { nil } }
      guard codes.count == parts.count else { return nil }
      self = .medium(Array(codes.joined()))
    case .wide:
      let codes = parts.compactMap { if case .wide(let codes) = $0 { codes } else { nil } }
      guard codes.count == parts.count else { return nil }
      self = .wide(Array(codes.joined()))
    }
  }

  fileprivate var largest: Int? {
    switch self {
    case .narrow(let codes): codes.max().map(Int.init)
    case .medium(let codes): codes.max().map(Int.init)
    case .wide(let codes): codes.max().map(Int.init)
    }
  }
}
