import EventStore
import Foundation
import GRDB
import JourneyTime

/// Writes the columns of a store, in a transaction that is open.
struct EventWriter {
  let store: String
  let database: Database
  private let insert: Statement

  init(_ store: String, _ database: Database) throws {
    (self.store, self.database) = (store, database)
    insert = try database.makeStatement(
      sql: """
        INSERT INTO event_column (store, bucket, name, part, encoding, count, checksum, data)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
  }

  /// - Parameter first: the number of the first part.
  func write(_ parts: [ColumnPart], _ column: ColumnName, in place: ColumnPlace, from first: Int = 0) throws {
    for (number, part) in parts.enumerated() {
      let cells = [
        store.cell, EventColumns.bucket(place).databaseValue, EventColumns.name(column, in: place).databaseValue,
        (first + number).databaseValue, part.encoding.rawValue.databaseValue, part.count.databaseValue,
      ]
      let checksum = EventColumns.checksum(Int(bitPattern: UInt(Checksum.xxh64(part.bytes))), at: cells)
      try insert.execute(
        arguments: StatementArguments(cells + [checksum.databaseValue, Data(part.bytes).databaseValue]))
    }
  }

  /// Writes the names of a store in place of those that were there.
  func write(names: [String]) throws {
    let parts = ColumnPart.packing(texts: names)
    let (place, arguments) = (
      "FROM event_column WHERE store = ? AND bucket = ? AND name = ?",
      [store.cell, EventColumns.wholeStore, EventColumns.name(.names, in: .store)] as StatementArguments
    )
    let known = try Data.fetchAll(database, sql: "SELECT data \(place) ORDER BY part", arguments: arguments)
    guard known != parts.map({ Data($0.bytes) }) else { return }
    try database.execute(sql: "DELETE \(place)", arguments: arguments)
    try write(parts, .names, in: .store)
  }

  /// Writes the dictionaries of a store that has none.
  func write(dictionariesOf schema: StoreSchema) throws {
    for (index, property) in schema.properties.enumerated() where property.kind == .text {
      try write(dictionary: property, at: index)
    }
  }

  /// Also where it is empty.
  func write(dictionary property: Property, at index: Int) throws {
    try write(ColumnPart.packing(texts: property.dictionary), .dictionary(index), in: .store)
  }

  /// - Parameter added: for rows that are kept beside the bucket, how many of their customers it does not have.
  func write(_ bucket: PackedBucket, number: Int, laterAdding added: Int? = nil) throws {
    let row = LayerRow(
      bucket: number, layer: added == nil ? 0 : 1, head: bucket.head, added: added ?? bucket.head.customers)
    try row.insert(of: store, into: database)
    let place: ColumnPlace = added == nil ? .bucket(number) : .later(number)
    for (name, parts) in bucket.columns { try write(parts, name, in: place) }
  }

  /// Writes the columns of all buckets, and gives what they hold together.
  func write(_ draft: some EventStoreDraft, _ progress: (Double) throws -> Void) throws -> StoreTotals {
    let schema = draft.schema
    try write(dictionariesOf: schema)
    var totals = StoreTotals(eventCounts: Array(repeating: 0, count: schema.events.count))
    let whole = Double(max(1, draft.bucketCount))
    var done = 0.0
    try progress(0)
    try PackingLine.run(0..<draft.bucketCount) {
      $0
    } make: { number in
      (number, PackedBucket(try draft.bucket(number), in: schema))
    } take: { number, packed in
      try write(packed, number: number)
      totals.add(packed)
      done += 1
      try progress(done / whole)
    }
    return totals
  }
}

/// What the buckets of a store hold together.
struct StoreTotals {
  /// Events of each code.
  var eventCounts: [Int]
  var customers = 0
  var span: ClosedRange<Int64>?

  var events: Int { eventCounts.reduce(0, +) }

  init(eventCounts: [Int]) { self.eventCounts = eventCounts }

  init(_ store: EventStore) {
    self.init(eventCounts: Array(repeating: 0, count: store.schema.events.count))
    for bucket in store.buckets {
      add(bucket.events.histogram(eventCounts.count), customers: bucket.customerCount, bucket.span)
    }
  }

  mutating func add(_ bucket: PackedBucket) {
    add(bucket.eventCounts, customers: bucket.head.customers, bucket.head.span)
  }

  mutating func add(_ counts: [Int], customers: Int, _ other: ClosedRange<Int64>?) {
    for (code, count) in counts.enumerated() { eventCounts[code] += count }
    self.customers += customers
    guard let other else { return }
    span = min(span?.lowerBound ?? .max, other.lowerBound)...max(span?.upperBound ?? .min, other.upperBound)
  }
}
