import EventStore
import GRDB
import JourneyTime

/// Events behind those that a store has, at a cost of what comes, not of what is there, and with no more in memory than a first
/// load has: what is known of a bucket is read, what comes to it is made, and both are written before others are.
///
/// A bucket's new rows are kept beside it, as a layer of their own that is merged when the bucket is read, as in a
/// log-structured merge tree (O'Neil and others 1996) of two levels. Later loads are merged into that layer; once it has more
/// than an eighth of the bucket's rows the bucket is written anew. Where kinds change, or a store outgrows its number of
/// buckets, every bucket is.
extension Workspace {
  /// Adds events behind those that a store has, as `EventStore.appending` does; saves them where there is none of this name. One
  /// transaction, and the store is the active one afterwards. Not to be called inside of one.
  ///
  /// - Parameter progress: as for `saveEvents`.
  /// - Returns: properties whose kind changed by it.
  package func addEvents(
    _ draft: some EventStoreDraft, to name: String, from source: LoadedSource? = nil, at time: Instant,
    progress: (Double) -> Void = { _ in }
  ) throws(WorkspaceError) -> [EventStore.KindChange] {
    try adding(draft, to: name, from: source, at: time)(progress)
  }

  /// The same in two steps: what lies in the file is read at once; the result, which may be called inside of a transaction, writes.
  func adding(
    _ draft: some EventStoreDraft, to name: String, from source: LoadedSource?, at time: Instant
  ) throws(WorkspaceError) -> (_ progress: (Double) -> Void) throws(WorkspaceError) -> [EventStore.KindChange] {
    if isReadOnly { throw WorkspaceError(.readOnly, file: path) }
    guard let stored = try storedEvents().first(where: { $0.name == name }) else {
      return { (progress) throws(WorkspaceError) in
        try self.saveEvents(draft, as: name, from: source, at: time, progress: progress)
        return []
      }
    }
    let known = try events(name)
    let faults = known.faults?.count ?? 0
    let (addition, whole) = try planned(draft, behind: known)
    try check(known, since: faults)
    return { (progress) throws(WorkspaceError) in
      if let whole {
        try self.saveEvents(whole, as: name, from: source, at: time, progress: progress)
        return addition.changes
      }
      try self.write { database in
        guard try self.stored(name, database).revision == stored.revision else {
          throw WorkspaceError(.locked(by: []), file: self.path)
        }
        try self.write(addition, to: known, as: name, at: time, database, progress)
        if let source { try self.insert(source, database) }
        self.heldEvents[name] = nil
      }
      return addition.changes
    }
  }

  /// What comes to a store, and both together where there is no file.
  private func planned<Draft: EventStoreDraft>(
    _ draft: Draft, behind known: EventStore
  ) throws(WorkspaceError) -> (StoreAddition<Draft>, whole: EventStore?) {
    do {
      let addition = try StoreAddition(draft, to: known)
      return (addition, path == nil ? try addition.store() : nil)
    } catch {
      throw WorkspaceError(error, file: path)
    }
  }

  /// Throws where columns of a store could not be read, beside those that were `known`.
  func check(_ store: EventStore, since known: Int) throws(WorkspaceError) {
    guard let faults = store.faults, faults.count > known else { return }
    switch faults.latest {
    case .damaged(let what): throw WorkspaceError(.damaged(what: what), file: path)
    default: throw WorkspaceError(.locked(by: []), file: path)
    }
  }

  private func write(
    _ addition: StoreAddition<some EventStoreDraft>, to known: EventStore, as name: String, at time: Instant,
    _ database: Database, _ progress: (Double) -> Void
  ) throws {
    let (writer, faults) = (try EventWriter(name, database), known.faults?.count ?? 0)
    try writer.write(dictionariesOf: addition.schema, behind: addition.isAnew ? nil : known.schema)
    var totals = StoreTotals(eventCounts: Array(repeating: 0, count: addition.schema.events.count))
    for (code, event) in try EventRows.eventNames(name, database, interruption).enumerated() {
      totals.eventCounts[addition.code(ofKnown: code)] += event.events
    }
    (totals.customers, totals.span) = (known.customerCount, known.span)
    let counts = try addition.eventCounts()
    // The last first, so that a bucket is replaced once all that get customers of it were fetched: these have its number or a
    // greater one.
    let touched = counts.indices.reversed().filter { addition.isAnew || counts[$0] > 0 }
    for source in Set(touched.map(addition.source)) { totals.customers -= known.buckets[source].customerCount }
    var done = 0
    try advance(0, progress)
    try PackingLine.run(touched) { number in
      FetchedBucket(number, of: known, addition, adding: counts[number])
    } make: { fetched in
      try AddedRows(addition, to: fetched)
    } take: { rows in
      try check(known, since: faults)
      try writer.replace(rows)
      totals.add(rows.eventCounts, customers: rows.customers, rows.span)
      done += 1
      try advance(Double(done) / Double(touched.count), progress)
    }
    let revision = try nextRevision(database)
    guard let old = try EventRows.heads(database).first(where: { try $0.text("name") == name }) else { return }
    let saved = SavedStore(name: name, revision: revision, position: try old.integer("position"), at: time)
    try EventRows.delete(name, from: database, tables: EventRows.summaryTables)
    try EventRows.insert(saved, addition.schema, totals, into: database)
    try set(.activeEvents, to: name, database)
    try set(.eventsRevision, to: String(revision), database)
  }
}

/// What is known of a bucket that gets rows, with as much of it in memory as they need.
private struct FetchedBucket: Sendable {
  /// The share of a bucket's rows, one in so many, that is kept beside it.
  private static let share = 8

  let number: Int
  let base: Bucket
  /// Rows that are kept beside the base so far.
  let later: Bucket?
  /// Whether the new ones are kept there too.
  let isBeside: Bool

  /// - Parameter added: events that come.
  init(_ number: Int, of store: EventStore, _ addition: StoreAddition<some EventStoreDraft>, adding added: Int) {
    let (base, later) = store.buckets[addition.source(of: number)].layers
    self.number = number
    isBeside = !addition.isAnew && added + (later?.eventCount ?? 0) <= base.eventCount / Self.share
    (self.base, self.later) = (base.fetched(customersAlone: isBeside), later?.fetched())
  }
}

/// What is written of a bucket that gets rows.
private struct AddedRows: Sendable {
  let number: Int
  /// The rows beside the bucket; the whole bucket where `added` is nil.
  let packed: PackedBucket
  let added: Int?
  /// Of the whole bucket.
  let customers: Int
  /// Events of each code among those that came, and their first and last instant.
  let eventCounts: [Int]
  let span: ClosedRange<Int64>?

  init(_ addition: StoreAddition<some EventStoreDraft>, to known: FetchedBucket) throws {
    let rows = try addition.rows(of: known.number)
    (number, span) = (known.number, rows.span)
    eventCounts = rows.events.histogram(addition.schema.events.count)
    if known.isBeside {
      let beside = known.later.map { Bucket(merging: $0, rows) } ?? rows
      let added = beside.customers(newTo: known.base)
      packed = PackedBucket(beside, in: addition.schema)
      (self.added, customers) = (added, known.base.customerCount + added)
    } else {
      let earlier = known.later.map { Bucket(merging: known.base, $0) } ?? known.base
      packed = PackedBucket(addition.bucket(number, of: earlier, with: rows), in: addition.schema)
      (added, customers) = (nil, packed.head.customers)
    }
  }
}

extension EventWriter {
  /// Writes the dictionaries of a schema in place of those there are; of one that stands `behind` another, what is new.
  fileprivate func write(dictionariesOf schema: StoreSchema, behind known: StoreSchema?) throws {
    guard let known else {
      try database.execute(
        sql: "DELETE FROM event_column WHERE store = ? AND bucket = ?",
        arguments: [store.cell, EventColumns.wholeStore])
      return try write(dictionariesOf: schema)
    }
    for (index, property) in schema.properties.enumerated() where property.kind == .text {
      if index < known.properties.count {
        try append(property.dictionary, to: index, from: known.properties[index].valueCount)
      } else {
        try write(dictionary: property, at: index)
      }
    }
  }

  /// Writes what came behind the first `known` values of a dictionary.
  private func append(_ texts: [String], to property: Int, from known: Int) throws {
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
