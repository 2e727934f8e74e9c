import EventStore
import GRDB

/// A saved store as buckets that read their columns when they are touched.
enum StoredColumns {
  /// Reads the schema and how much the buckets hold, and nothing else.
  static func open(
    _ name: String, _ database: Database, _ queue: DatabaseQueue, _ cache: ColumnCache,
    _ interruption: Interruption
  ) throws -> EventStore {
    guard let head = try EventRows.heads(database).first(where: { try $0.text("name") == name }),
      let stored = try EventRows.stores([head]).first
    else { throw WorkspaceError(.damaged(what: "table event_store"), file: nil) }
    let properties = try EventRows.properties(name, database, interruption)
    let source = try FileColumns(
      name, revision: stored.revision, properties: properties.map(\.name), database, queue)
    var schema = StoreSchema(events: try EventRows.eventNames(name, database, interruption).map(\.name))
    schema.properties = properties.enumerated().map { index, property in
      property.kind == .text
        ? Property(
          name: property.name, kind: .text,
          dictionary: PackedTexts(count: property.values, of: index, from: source, cache: cache))
        : Property(name: property.name, kind: property.kind)
    }
    if try !head.cell("session").isNull {
      let session = try head.integer("session")
      guard schema.properties.indices.contains(session) else { throw head.damage("session") }
      schema.session = session
    }
    try check(EventRows.names(schema), of: name, source)
    let buckets = try buckets(stored, schema, try LayerRow.all(name, database), source, cache)
    let store = EventStore(schema: schema, buckets: buckets, faults: source.faults)
    guard stored.events == store.eventCount, stored.customers == store.customerCount,
      buckets.count.nonzeroBitCount == 1
    else {
      throw head.damage("events")
    }
    return store
  }

  /// Throws unless the names are those that were written. Older files do not tell.
  private static func check(_ names: [String], of store: String, _ source: FileColumns) throws {
    do {
      let parts = try source.parts(of: .names, in: .store)
      guard try parts.isEmpty || parts.texts(count: names.count) == names else {
        throw ColumnFault("they were altered")
      }
    } catch let fault as ColumnFault {
      if fault.isReplaced { throw WorkspaceError(.locked(by: []), file: nil) }
      throw WorkspaceError(.damaged(what: "names of events '\(store)': \(fault.reason)"), file: nil)
    }
  }

  private static func buckets(
    _ stored: StoredEvents, _ schema: StoreSchema, _ layers: [LayerRow], _ source: FileColumns, _ cache: ColumnCache
  ) throws -> [Bucket] {
    let span = stored.span.map { $0.lowerBound.microseconds...$0.upperBound.microseconds }
    var buckets: [Bucket] = []
    for layer in layers {
      var head = layer.head
      // Format 1 does not tell.
      if head.events > 0, head.span == nil { head.span = span }
      let isNext = layer.layer == 0 && layer.bucket == buckets.count
      let isLater = layer.layer == 1 && layer.bucket == buckets.count - 1 && layer.added <= head.customers
      guard isNext || isLater, head.isPossible, head.events == 0 || !schema.events.isEmpty else {
        throw WorkspaceError(.damaged(what: "table layer"), file: nil)
      }
      let place: ColumnPlace = isLater ? .later(layer.bucket) : .bucket(layer.bucket)
      let bucket = Bucket(head, in: schema, from: source, at: place, cache: cache)
      if isLater, let base = buckets.popLast() {
        buckets.append(Bucket(base, later: bucket, added: layer.added, in: schema, cache: cache))
      } else {
        buckets.append(bucket)
      }
    }
    return buckets
  }
}
