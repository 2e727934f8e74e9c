import EventStore
import Foundation
import GRDB
import GRDBSQLite

/// The columns of one saved store, in its file. Bytes are fetched under the lock of the connection; they are checked and decoded
/// by whoever asked for them, so that other threads fetch meanwhile.
final class FileColumns: ColumnSource {
  let faults = ReadingFaults()
  private let store: String
  private let revision: Int
  private let properties: [String]
  private let queue: DatabaseQueue
  private let parts: [Key: [Stored]]

  private struct Key: Hashable {
    var bucket: Int
    var column: String
  }

  /// All of a part but its bytes.
  private struct Stored {
    var row: Int64
    var encoding: ColumnEncoding?
    var count: Int
    var checksum: Int
    /// The cells before the checksum.
    var cells: [DatabaseValue]

    /// Whether these are the bytes that were written. Up to format 2, checksums were of the bytes alone.
    func isRight(_ bytes: [UInt8]) -> Bool {
      if encoding?.isOfFormat1 == true { return Int(CRC32.of(bytes)) == checksum }
      let found = Int(bitPattern: UInt(Checksum.xxh64(bytes)))
      return EventColumns.checksum(found, at: cells) == checksum || found == checksum
    }
  }

  /// - Parameter properties: their names, for errors.
  init(_ store: String, revision: Int, properties: [String], _ database: Database, _ queue: DatabaseQueue) throws {
    (self.store, self.revision, self.properties, self.queue) = (store, revision, properties, queue)
    let rows = try CheckedRow.all(
      database, "rowid AS \"row\", store, bucket, name, part, encoding, count, checksum", in: "event_column",
      "WHERE store = ? ORDER BY bucket, name, part", [store.cell])
    var parts: [Key: [Stored]] = [:]
    for row in rows {
      parts[Key(bucket: try row.integer("bucket"), column: try row.text("name")), default: []].append(
        Stored(
          row: Int64(try row.integer("row")), encoding: ColumnEncoding(rawValue: try row.text("encoding")),
          count: try row.count("count"), checksum: try row.integer("checksum"),
          cells: try ["store", "bucket", "name", "part", "encoding", "count"].map(row.cell)))
    }
    self.parts = parts
  }

  func parts(of column: ColumnName, in place: ColumnPlace) throws(ColumnFault) -> [ColumnPart] {
    let key = Key(bucket: EventColumns.bucket(place), column: EventColumns.name(column, in: place))
    guard let stored = parts[key] else { return [] }
    let fetched: [[UInt8]]
    do {
      fetched = try queue.unsafeReentrantRead { database in
        try checkRevision(database)
        return try stored.map { try Self.bytes(ofRow: $0.row, database) }
      }
    } catch let fault as ColumnFault {
      throw fault
    } catch {
      throw ColumnFault((error as? DatabaseError)?.message ?? "\(error)")
    }
    var parts: [ColumnPart] = []
    for (stored, bytes) in zip(stored, fetched) {
      guard let encoding = stored.encoding else { throw ColumnFault("its encoding is unknown") }
      guard stored.isRight(bytes) else { throw ColumnFault("its checksum is wrong") }
      parts.append(ColumnPart(encoding: encoding, count: stored.count, bytes: bytes))
    }
    return parts
  }

  func note(_ fault: ColumnFault, _ column: ColumnName, in place: ColumnPlace) {
    faults.note(
      fault.isReplaced
        ? .replaced("events '\(store)'")
        : .damaged(DamagedColumn(fault, column, in: place, of: store, properties).description))
  }

  private func checkRevision(_ database: Database) throws {
    let sql = "SELECT revision FROM event_store WHERE name = ?"
    let found = try Row.fetchOne(database.cachedStatement(sql: sql), arguments: [store.cell])
    guard let found, Int.fromDatabaseValue(found[0] as DatabaseValue) == revision else { throw ColumnFault.replaced }
  }

  /// Straight from the pages into our own memory; a statement would copy twice.
  private static func bytes(ofRow row: Int64, _ database: Database) throws -> [UInt8] {
    guard let connection = unsafe database.sqliteConnection else { throw ColumnFault("the file is closed") }
    func check(_ code: CInt) throws {
      guard code == SQLITE_OK else {
        // SAFETY: the connection is open, and its message is copied at once.
        throw ColumnFault(unsafe String(cString: sqlite3_errmsg(connection)))
      }
    }
    var handle: OpaquePointer?
    // SAFETY: the texts are passed as NUL-terminated copies that live during the call; the handle is closed below.
    try check(unsafe sqlite3_blob_open(connection, "main", "event_column", "data", row, 0, &handle))
    defer { unsafe _ = sqlite3_blob_close(handle) }
    let count = unsafe sqlite3_blob_bytes(handle)
    // SAFETY: the buffer has room for as many bytes as the value has, and so many are read.
    return try unsafe [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, initialized in
      if count > 0 { try check(unsafe sqlite3_blob_read(handle, buffer.baseAddress, count, 0)) }
      initialized = Int(count)
    }
  }
}

extension ColumnEncoding {
  /// Whose bytes are checked by a CRC-32.
  fileprivate var isOfFormat1: Bool {
    switch self {
    case .integers, .instants, .numbers, .bitmap, .texts: false
    case .u8, .u16, .u32, .i64, .f64, .bits, .filled, .text, .packed: true
    }
  }
}
