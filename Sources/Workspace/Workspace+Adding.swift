import EventStore
import GRDB
import JourneyTime

/// Events behind those that a store has, at a cost of what comes, not of what is there.
///
/// A bucket's new rows are kept beside it, as a layer of their own that is merged when the bucket is read, as in a
/// log-structured merge tree (O'Neil and others 1996) of two levels. Later loads are merged into that layer; once it has more
/// than an eighth of the bucket's rows the bucket is written anew.
extension Workspace {
  /// Adds events behind those that a store has, as `EventStore.appending` does; saves them where there is none of this name. One
  /// transaction, and the store is the active one afterwards. Not to be called inside of one.
  ///
  /// - Parameter progress: as for `saveEvents`.
  /// - Returns: properties whose kind changed by it.
  package func addEvents(
    _ draft: any EventStoreDraft, to name: String, from source: LoadedSource? = nil, at time: Instant,
    progress: (Double) throws -> Void = { _ in }
  ) throws -> [EventStore.KindChange] {
    if isReadOnly { throw WorkspaceError(.readOnly, file: path) }
    guard let stored = try storedEvents().first(where: { $0.name == name }) else {
      try saveEvents(draft, as: name, from: source, at: time, progress: progress)
      return []
    }
    let (known, later) = (try events(name), try EventStore(draft))
    guard path != nil, let addition = StoreAddition(later, to: known) else {
      let (whole, changes) = try readingWhole(known) { known.appending(later) }
      try saveEvents(whole, as: name, from: source, at: time, progress: progress)
      return changes
    }
    // Before the transaction: once it is open, only this thread may read.
    let touched = addition.touched
    let added = try readingWhole(known) {
      concurrentMap(count: touched.count) { AddedRows(addition, to: known.buckets[touched[$0]], number: touched[$0]) }
    }
    try transaction {
      try update { database in
        guard try self.stored(name, database).revision == stored.revision else {
          throw WorkspaceError(.locked(by: []), file: path)
        }
        try write(addition, added, to: known, as: name, at: time, database, progress)
        if let source { try insert(source, database) }
        heldEvents[name] = nil
      }
    }
    return []
  }

  /// What `body` makes of a store; throws `damaged` where it met a column that cannot be read.
  func readingWhole<Result>(_ store: EventStore, _ body: () -> Result) throws(WorkspaceError) -> Result {
    let known = store.faults?.count ?? 0
    let result = body()
    guard let faults = store.faults, faults.count > known else { return result }
    switch faults.latest {
    case .damaged(let what): throw WorkspaceError(.damaged(what: what), file: path)
    default: throw WorkspaceError(.locked(by: []), file: path)
    }
  }

  private func write(
    _ addition: StoreAddition, _ added: [AddedRows], to known: EventStore, as name: String, at time: Instant,
    _ database: Database, _ progress: (Double) throws -> Void
  ) throws {
    let writer = try EventWriter(name, database)
    for (index, property) in known.schema.properties.enumerated() where property.kind == .text {
      try writer.append(addition.schema.properties[index].dictionary, to: index, from: property.valueCount)
    }
    for index in known.schema.properties.count..<addition.schema.properties.count {
      let property = addition.schema.properties[index]
      if property.kind == .text { try writer.append(property.dictionary, to: index, from: 0) }
    }
    var totals = StoreTotals(eventCounts: addition.eventCounts)
    for (code, event) in try EventRows.eventNames(name, database, interruption).enumerated() {
      totals.eventCounts[code] += event.events
    }
    (totals.customers, totals.span) = (known.customerCount, BucketHead.union(known.span, addition.span))
    for (done, rows) in added.enumerated() {
      try progress(Double(done) / Double(added.count))
      try writer.replace(rows)
      totals.customers += rows.customers - known.buckets[rows.number].customerCount
    }
    try progress(1)
    let revision = try nextRevision(database)
    guard let old = try EventRows.heads(database).first(where: { try $0.text("name") == name }) else { return }
    let saved = SavedStore(name: name, revision: revision, position: try old.integer("position"), at: time)
    try EventRows.delete(name, from: database, tables: EventRows.summaryTables)
    try EventRows.insert(saved, addition.schema, totals, into: database)
    try set(.activeEvents, to: name, database)
    try set(.eventsRevision, to: String(revision), database)
  }
}

/// What is written of a bucket that gets rows.
struct AddedRows: Sendable {
  /// The share of a bucket's rows, one in so many, that is kept beside it.
  private static let share = 8

  let number: Int
  /// The rows beside the bucket; the whole bucket where `added` is nil.
  let packed: PackedBucket
  let added: Int?
  /// Of the whole bucket.
  let customers: Int

  init(_ addition: StoreAddition, to bucket: Bucket, number: Int) {
    let (base, known) = bucket.layers
    let rows = addition.rows(of: number, behind: known)
    self.number = number
    if rows.eventCount > base.eventCount / Self.share {
      packed = PackedBucket(StoreAddition.merged(base, rows), in: addition.schema)
      (added, customers) = (nil, packed.head.customers)
    } else {
      let added = StoreAddition.added(rows, to: base)
      packed = PackedBucket(rows, in: addition.schema)
      (self.added, customers) = (added, base.customerCount + added)
    }
  }
}

extension EventWriter {
  /// Writes what came behind the first `known` values of a dictionary.
  fileprivate func append(_ texts: [String], to property: Int, from known: Int) throws {
    guard texts.count > known else { return }
    let name = EventColumns.name(.dictionary(property), in: .store)
    let parts = try CheckedRow.all(
      database, "part", in: "event_column", "WHERE store = ? AND bucket = ? AND name = ?",
      [store.cell, EventColumns.wholeStore, name])
    let next = try parts.map { try $0.integer("part") }.max().map { $0 &+ 1 } ?? 0
    try write(ColumnPart.packing(texts: Array(texts[known...])), .dictionary(property), in: .store, from: next)
  }

  /// Writes the rows beside a bucket, or the bucket, in place of what was there.
  fileprivate func replace(_ rows: AddedRows) throws {
    // Columns of the rows beside it are called `later …`; a space is followed by an exclamation mark.
    let later = rows.added == nil ? "" : "AND name > 'later ' AND name < 'later!'"
    try database.execute(
      sql: "DELETE FROM event_column WHERE store = ? AND bucket = ? \(later)", arguments: [store.cell, rows.number])
    try database.execute(
      sql: "DELETE FROM layer WHERE store = ? AND bucket = ? AND layer >= ?",
      arguments: [store.cell, rows.number, rows.added == nil ? 0 : 1])
    try write(rows.packed, number: rows.number, laterAdding: rows.added)
  }
}
