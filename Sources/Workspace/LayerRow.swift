import EventStore
import GRDB

/// A row of `layer`: how much a bucket holds, or what came to it later.
struct LayerRow {
  var bucket: Int
  var layer: Int
  var head: BucketHead
  /// Customers that layer 0 does not have.
  var added: Int

  /// By bucket, then layer.
  static func all(_ store: String, _ database: Database) throws -> [LayerRow] {
    try CheckedRow.all(database, in: "layer", "WHERE store = ? ORDER BY bucket, layer", [store.cell]).map { row in
      var span: ClosedRange<Int64>?
      if try !row.cell("first").isNull {
        let (first, last) = (Int64(try row.integer("first")), Int64(try row.integer("last")))
        guard first <= last else { throw row.damage("last") }
        span = first...last
      }
      let head = BucketHead(
        customers: try row.count("customers"), events: try row.count("events"),
        hasOrders: try row.integer("has_orders") != 0, span: span, properties: try row.count("properties"))
      let layer = LayerRow(
        bucket: try row.count("bucket"), layer: try row.count("layer"), head: head, added: try row.count("added"))
      // Format 1 has none.
      if try !row.cell("checksum").isNull, try row.integer("checksum") != layer.checksum {
        throw row.damage("checksum")
      }
      return layer
    }
  }

  func insert(of store: String, into database: Database) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO layer (store, bucket, layer, customers, events, properties, has_orders, first, last, added, checksum)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      store.cell, bucket, layer, head.customers, head.events, head.properties, head.hasOrders, head.span?.lowerBound,
      head.span?.upperBound, added, checksum,
    ])
  }

  /// Of what the row says, so that a number that was changed is noticed.
  private var checksum: Int {
    let numbers = [
      bucket, layer, head.customers, head.events, head.properties, head.hasOrders ? 1 : 0, added,
      head.span.map { Int($0.lowerBound) } ?? 0, head.span.map { Int($0.upperBound) } ?? 0,
    ]
    return Int(bitPattern: UInt(Checksum.xxh64(Array(numbers.map(String.init).joined(separator: " ").utf8))))
  }
}
