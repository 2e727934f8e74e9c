import EventStore
import GRDB
import JourneyTime

/// What a store of events has become by joining ids, or by keeping them apart again.
package struct RekeyedEvents: Hashable, Sendable {
  package var store: String
  /// Ids that its events were loaded under.
  package var ids: Int
  /// How many of them are another customer's than before.
  package var moved: Int
  package var customersBefore: Int
  package var customers: Int
}

extension RekeyedEvents {
  /// - Parameter store: saved already, so that its customers are counted.
  fileprivate init(_ stored: StoredEvents, as store: RekeyedStore) {
    self.init(
      store: stored.name, ids: store.ids, moved: store.moved, customersBefore: stored.customers,
      customers: store.draft.tally.customers)
  }
}

/// Pairs that come to those that are known.
private struct IdentityNews {
  /// How many are known.
  var known: Int
  var added: [(device: String, customer: String)]
  /// Of all.
  var map: IdentityMap
}

/// Where rows that are too many for the memory go while a store is dealt out anew.
package struct RowRoom: Sendable {
  /// Bytes of rows that stay in memory.
  package var budget: Int
  package var folder: String

  package init(budget: Int, folder: String) { (self.budget, self.folder) = (budget, folder) }
}

/// Which ids belong to one person. Events of every store are those of persons, and keep the id they were loaded under as `original_id`.
extension Workspace {
  /// Nil where none were loaded; of those that were, all may have been erased with their persons.
  package func identities() throws(WorkspaceError) -> IdentityMap? {
    try read { try identities($0) }
  }

  func identities(_ database: Database) throws -> IdentityMap? {
    guard try hasPeople(database) else { return nil }
    let sum = try SummedTable.identity.written(database)
    guard sum.rows > 0 else {
      let loads = try CheckedRow.all(database, in: "source", "WHERE kind = 'identities' LIMIT 1")
      return loads.isEmpty ? nil : IdentityMap()
    }
    if let heldIdentities, heldIdentities.sum == sum { return heldIdentities.map }
    var map = IdentityMap()
    let isWhole = try SummedTable.identity.each(database, interruption) { cells in
      guard let device = Self.text(cells[1]), let customer = Self.text(cells[2]) else { throw damage(of: .identity) }
      _ = map.join(device, with: customer)
    }
    if !isWhole { note(.rows(table: "identity"), state: sum.sum) }
    heldIdentities = (sum, map)
    return map
  }

  /// Adds pairs of ids behind those that are known, and makes the events of all stores those of the persons that come of it: one
  /// transaction. Pairs that are known are passed over. Not to be called inside of one.
  ///
  /// - Parameters:
  ///   - pairs: each once.
  ///   - found: what they tell by themselves.
  ///   - progress: as for `saveEvents`.
  /// - Returns: how many pairs are new, and the stores that have changed.
  package func addIdentities(
    _ pairs: [(device: String, customer: String)], joinedAs found: IdentityMap, from source: LoadedSource,
    at time: Instant, _ room: RowRoom,
    progress: (Double) -> Void = { _ in }
  ) throws(WorkspaceError) -> (added: Int, stores: [RekeyedEvents]) {
    if isReadOnly { throw WorkspaceError(.readOnly, file: path) }
    let news = try news(pairs, joinedAs: found)
    let rekeyed = news.added.isEmpty ? [] : try rekeyed(by: news.map, room)
    let stores = try saving(news, from: source) { () throws(WorkspaceError) in try save(rekeyed, at: time, progress) }
    return (news.added.count, stores)
  }

  /// Adds events as the other `addEvents` does, and the pairs of ids that their file told beside them as `addIdentities` does: one
  /// transaction. Not to be called inside of one.
  ///
  /// - Parameter draft: by what was known of ids and by these pairs.
  package func addEvents(
    _ draft: BucketAssembly, to name: String, from source: LoadedSource,
    joining pairs: [(device: String, customer: String)], joinedAs found: IdentityMap, at time: Instant, _ room: RowRoom,
    progress: (Double) -> Void = { _ in }
  ) throws(WorkspaceError) -> (changes: [EventStore.KindChange], stores: [RekeyedEvents]) {
    if isReadOnly { throw WorkspaceError(.readOnly, file: path) }
    let news = try news(pairs, joinedAs: found)
    guard !news.added.isEmpty else {
      return (try addEvents(draft, to: name, from: source, at: time, progress: progress), [])
    }
    var others = try rekeyed(by: news.map, room)
    let known = others.firstIndex { $0.stored.name == name }.map { others.remove(at: $0) }
    let add =
      if let known { try adding(draft, behind: known, from: source, at: time) } else {
        try adding(draft, to: name, from: source, at: time)
      }
    var told = source
    (told.kind, told.store) = ("identities", "")
    return try saving(news, from: told) { () throws(WorkspaceError) in
      let stores = try save(others, at: time, progress)
      let changes = try add(progress)
      return (changes, stores + (known.map { [RekeyedEvents($0.stored, as: $0.store)] } ?? []))
    }
  }

  /// Does what `body` writes, and adds pairs as `addIdentities` does: one transaction. Not to be called inside of one.
  ///
  /// - Parameter name: of events that `body` saves, by what was known of ids and by these pairs.
  package func addIdentities(
    _ pairs: [(device: String, customer: String)], joinedAs found: IdentityMap, from source: LoadedSource,
    at time: Instant, _ room: RowRoom, besideEvents name: String, _ body: () throws(WorkspaceError) -> Void
  ) throws(WorkspaceError) {
    let news = try news(pairs, joinedAs: found)
    guard !news.added.isEmpty else { return try transaction(body) }
    let others = try rekeyed(by: news.map, room).filter { $0.stored.name != name }
    try saving(news, from: source) { () throws(WorkspaceError) in
      _ = try save(others, at: time) { _ in }
      try body()
    }
  }

  /// As `adding` of a store by name, of one whose events become other customers' with it.
  private func adding(
    _ draft: BucketAssembly, behind known: (stored: StoredEvents, store: RekeyedStore), from source: LoadedSource,
    at time: Instant
  ) throws(WorkspaceError) -> (_ progress: (Double) -> Void) throws(WorkspaceError) -> [EventStore.KindChange] {
    let whole: AppendedDraft<BucketAssembly, BucketAssembly>
    do throws(SpillFailure) { whole = try AppendedDraft(draft, behind: known.store.draft) } catch {
      throw WorkspaceError(error, file: path)
    }
    return { (progress) throws(WorkspaceError) in
      try self.check(known.stored)
      try self.saveEvents(whole, as: known.stored.name, from: source, at: time, progress: progress)
      return whole.changes
    }
  }

  /// Which of some pairs are new, and whose ids are whose with them.
  private func news(
    _ pairs: [(device: String, customer: String)], joinedAs found: IdentityMap
  ) throws(WorkspaceError) -> IdentityNews {
    guard var map = try identities() else { return IdentityNews(known: 0, added: pairs, map: found) }
    let known = map.pairCount
    let added = pairs.filter { map.join($0.device, with: $0.customer) }
    return IdentityNews(known: known, added: added, map: map)
  }

  /// Writes pairs, and what follows from them: one transaction.
  private func saving<Result>(
    _ news: IdentityNews, from source: LoadedSource, _ body: () throws(WorkspaceError) -> Result
  ) throws(WorkspaceError) -> Result {
    let (result, sum) = try transaction { () throws(WorkspaceError) in
      let result = try body()
      return try write { database in
        guard try SummedTable.identity.count(database) == news.known else {
          throw WorkspaceError(.locked(by: []), file: path)
        }
        try insert(news.added, database)
        try insert(source, database)
        return (result, try SummedTable.identity.written(database))
      }
    }
    (heldIdentities, heldPeople) = ((sum, news.map), nil)
    return result
  }

  /// Takes all pairs away: events are again those of the ids they were loaded under.
  package func forgetIdentities(
    at time: Instant, _ room: RowRoom, progress: (Double) -> Void = { _ in }
  ) throws(WorkspaceError) -> [RekeyedEvents] {
    if isReadOnly { throw WorkspaceError(.readOnly, file: path) }
    guard try identities() != nil else { return [] }
    let rekeyed = try rekeyed(by: nil, room)
    let stores = try transaction { () throws(WorkspaceError) in
      let stores = try save(rekeyed, at: time, progress)
      try write { database in
        try SummedTable.identity.clear(database)
        try SealedTable.source.delete(from: database, "WHERE kind = 'identities'", [])
      }
      return stores
    }
    (heldIdentities, heldPeople) = (nil, nil)
    return stores
  }

  /// All stores that change, in the making. What lies in the file is read before the transaction begins.
  private func rekeyed(
    by map: IdentityMap?, _ room: RowRoom
  ) throws(WorkspaceError) -> [(stored: StoredEvents, store: RekeyedStore)] {
    let spill = RowSpill(budget: room.budget, folder: room.folder)
    var made: [(stored: StoredEvents, store: RekeyedStore)] = []
    for stored in try storedEvents() {
      let store = try events(stored.name)
      let faults = store.faults?.count ?? 0
      let rekeyed: RekeyedStore?
      do throws(SpillFailure) {
        rekeyed = try store.rekeyed(by: map, spill: spill) { [interruption] in interruption.isCalled }
      } catch {
        throw WorkspaceError(error, file: path)
      }
      try interruption.check()
      try check(store, since: faults)
      if let rekeyed { made.append((stored, rekeyed)) }
    }
    return made
  }

  private func save(
    _ rekeyed: [(stored: StoredEvents, store: RekeyedStore)], at time: Instant, _ progress: (Double) -> Void
  ) throws(WorkspaceError) -> [RekeyedEvents] {
    let active = try activeEventsName()
    let whole = Double(max(1, rekeyed.reduce(0) { $0 + $1.stored.events }))
    var (done, stores) = (0.0, [RekeyedEvents]())
    for (stored, store) in rekeyed {
      try check(stored)
      let share = Double(stored.events) / whole
      try saveEvents(store.draft, as: stored.name, at: time) { progress(done + share * $0) }
      done += share
      stores.append(RekeyedEvents(stored, as: store))
    }
    if let active, !rekeyed.isEmpty { try useEvents(active) }
    return stores
  }

  /// Throws where somebody has saved other events under the name since.
  private func check(_ stored: StoredEvents) throws(WorkspaceError) {
    try read { database in
      guard try self.stored(stored.name, database).revision == stored.revision else {
        throw WorkspaceError(.locked(by: []), file: path)
      }
    }
  }

  private func insert(_ pairs: [(device: String, customer: String)], _ database: Database) throws {
    var number = try SummedTable.identity.lastNumber(database)
    try SummedTable.identity.change(database, interruption) { rows in
      for pair in pairs {
        number &+= 1
        try rows.add([number.databaseValue, pair.device.cell, pair.customer.cell])
      }
    }
  }
}
