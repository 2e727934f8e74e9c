import EventStore
import GRDB

/// A store from its rows and columns.
enum StoredColumns {
  static func read(_ name: String, _ database: Database) throws -> (store: EventStore, damage: [DamagedColumn]) {
    var schema = StoreSchema(
      events: try EventRows.eventNames(name, database).map(\.name),
      properties: try EventRows.properties(name, database).map { Property(name: $0.name, kind: $0.kind) })
    guard let head = try CheckedRow.all(database, in: "event_store", "WHERE name = ?", [name.cell]).first else {
      throw WorkspaceError(.damaged(what: "table event_store"), file: nil)
    }
    if try !head.cell("session").isNull {
      let session = try head.integer("session")
      guard schema.properties.indices.contains(session) else { throw head.damage("session") }
      schema.session = session
    }
    let reader = try EventColumnReader(name, schema, database)
    for (index, property) in schema.properties.enumerated() where property.kind == .text {
      schema.properties[index].dictionary = reader.texts(EventColumns.dictionary(index)) ?? []
    }
    var buckets: [Bucket] = []
    for (number, row) in try CheckedRow.all(database, in: "bucket", "WHERE store = ? ORDER BY number", [name.cell])
      .enumerated()
    {
      guard try row.integer("number") == number else { throw row.damage("number") }
      // Which bucket a customer is in is told by its number, so one that cannot be read leaves an empty one.
      buckets.append(try bucket(number, row, schema, reader) ?? empty(schema))
    }
    let store = EventStore(schema: schema, buckets: buckets)
    if reader.damage.isEmpty, try head.count("events") != store.eventCount { throw head.damage("events") }
    return (store, reader.damage)
  }

  /// Nil where a column is damaged that nothing can be told without.
  private static func bucket(
    _ number: Int, _ row: CheckedRow, _ schema: StoreSchema, _ reader: EventColumnReader
  ) throws -> Bucket? {
    let customers = reader.texts(EventColumns.customers, bucket: number)
    let offsets = reader.offsets(number)
    let events = reader.codes(EventColumns.events, number, limit: schema.events.count)
    guard let customers, let offsets, let events else { return nil }
    let rows = events.count
    guard customers.count == (try row.count("customers")), rows == (try row.count("events")) else {
      reader.note("its counts differ from those of the bucket", EventColumns.customers, number)
      return nil
    }
    guard let instants = reader.instants(EventColumns.instants, number, rows: rows) else { return nil }
    guard areRuns(offsets, of: instants, customers: customers.count) else {
      reader.note("it does not cut the events into customers", EventColumns.offsets, number)
      return nil
    }
    let orders =
      try row.integer("has_orders") != 0 ? reader.numbers(EventColumns.orders, number, rows: rows) : nil
    let properties = schema.properties.indices.map { index in
      property(index, number, rows, schema, reader) ?? missing(schema.properties[index].kind, rows)
    }
    return Bucket(
      customers: customers, offsets: offsets, instants: instants, events: events, orders: orders,
      properties: properties)
  }

  private static func property(
    _ index: Int, _ bucket: Int, _ rows: Int, _ schema: StoreSchema, _ reader: EventColumnReader
  ) -> PropertyColumn? {
    let name = EventColumns.property(index)
    let property = schema.properties[index]
    if property.kind == .text {
      return reader.codes(name, bucket, rows: rows, limit: property.dictionary.count + 1).map { .text($0) }
    }
    guard let present = reader.bitmap(EventColumns.present(index), bucket, rows: rows) else { return nil }
    return switch property.kind {
    case .number: reader.numbers(name, bucket, rows: rows).map { .number($0, present: present) }
    case .truth: reader.bitmap(name, bucket, rows: rows).map { .truth($0, present: present) }
    default: reader.instants(name, bucket, rows: rows).map { .time($0, present: present) }
    }
  }

  private static func empty(_ schema: StoreSchema) -> Bucket {
    Bucket(
      customers: [], offsets: [0], instants: [], events: .narrow([]), orders: nil,
      properties: schema.properties.map { missing($0.kind, 0) })
  }

  /// A column without values.
  private static func missing(_ kind: Property.Kind, _ rows: Int) -> PropertyColumn {
    let none = Bitmap(count: rows)
    return switch kind {
    case .text: .text(.narrow(Array(repeating: 0, count: rows)))
    case .number: .number(Array(repeating: 0, count: rows), present: none)
    case .truth: .truth(none, present: none)
    case .time: .time(Array(repeating: 0, count: rows), present: none)
    }
  }

  /// Every customer has a run of at least one row, the runs cover all rows, and time does not run backwards within one.
  private static func areRuns(_ offsets: [UInt32], of instants: [Int64], customers: Int) -> Bool {
    guard offsets.count == customers + 1, offsets.first == 0, offsets.last.map(Int.init) == instants.count else {
      return false
    }
    for customer in 0..<customers {
      let (start, end) = (Int(offsets[customer]), Int(offsets[customer + 1]))
      guard start < end, end <= instants.count else { return false }
      var previous = instants[start]
      for row in start..<end {
        guard instants[row] >= previous else { return false }
        previous = instants[row]
      }
    }
    return true
  }
}
