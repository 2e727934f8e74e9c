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
    let isSealed = try Schema.format(of: database) >= 3
    return try CheckedRow.all(database, in: "layer", "WHERE store = ? ORDER BY bucket, layer", [store.cell]).map {
      row in
      let layer = try LayerRow(row)
      // Those of format 1 had none before they were sealed.
      let hasChecksum = try isSealed || !row.cell("checksum").isNull
      if hasChecksum, try row.integer("checksum") != layer.checksum { throw row.damage("checksum") }
      return layer
    }
  }

  private init(_ row: CheckedRow) throws {
    var span: ClosedRange<Int64>?
    if try !row.cell("first").isNull {
      let (first, last) = (Int64(try row.integer("first")), Int64(try row.integer("last")))
      guard first <= last else { throw row.damage("last") }
      span = first...last
    }
    head = BucketHead(
      customers: try row.count("customers"), events: try row.count("events"),
      hasOrders: try row.integer("has_orders") != 0, span: span, properties: try row.count("properties"))
    (bucket, layer, added) = (try row.count("bucket"), try row.count("layer"), try row.count("added"))
  }

  init(bucket: Int, layer: Int, head: BucketHead, added: Int) {
    (self.bucket, self.layer, self.head, self.added) = (bucket, layer, head, added)
  }

  /// Those that came from format 1, each with its store.
  static func unsealed(_ database: Database) throws -> [(store: String, layer: LayerRow)] {
    try CheckedRow.all(database, in: "layer", "WHERE checksum IS NULL").map { (try $0.text("store"), try LayerRow($0)) }
  }

  func seal(of store: String, in database: Database) throws {
    try database.execute(
      sql: "UPDATE layer SET checksum = ? WHERE store = ? AND bucket = ? AND layer = ?",
      arguments: [checksum, store.cell, bucket, layer])
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
