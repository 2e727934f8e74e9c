import EventStore
import Foundation
import GRDB
import JourneyTime
import TestSupport
import Testing

@testable import Workspace

/// Joined ids in a file, against the same events loaded under the persons.
@Suite struct IdentitiesTests {
  let folder: TemporaryFolder
  let workspace: Workspace

  init() throws {
    folder = try TemporaryFolder()
    workspace = try Workspace(opening: folder.file(), as: .new)
  }

  private let source = LoadedSource(
    kind: "identities", store: "", file: "i.csv", size: 1, fingerprint: "f", rows: 1, badRows: 0, at: minute(0),
    roles: "")

  private func room(_ budget: Int = .max) -> RowRoom { RowRoom(budget: budget, folder: folder.path) }

  /// Each event at an instant of its own, so that no order of a load is lost.
  private func rows(_ count: Int, from first: Int, _ random: inout SeededRandom) -> [EventRow] {
    (first..<first + count).map { number in
      var properties: [(name: String, value: PropertyValue)] = [("page", .text("p\(random.next(9))"))]
      if random.next(2) == 0 { properties.append(("paid", .number(Double(random.next(100)) / 4))) }
      return EventRow(
        customer: "u\(random.next(80))", instant: Int64((number * 7_919) % 100_003), name: "e\(random.next(4))",
        properties: properties)
    }
  }

  private func draft(of rows: [EventRow], by map: IdentityMap?, buckets: Int) throws -> BucketAssembly {
    var builder = EventStoreBuilder(spill: RowSpill(budget: 0, folder: folder.path), groupSize: 50, identities: map)
    let (page, paid) = (builder.addProperty("page", declared: .text), builder.addProperty("paid", declared: .number))
    for row in rows {
      builder.append(customer: Array(row.customer.utf8).span, event: Array(row.name.utf8).span, instant: row.instant)
      for (name, value) in row.properties { builder.set(name == "page" ? page : paid, to: value) }
    }
    return try builder.draft(buckets: buckets)
  }

  /// What lies in the file alone is there afterwards: a store that takes its own place may not be read then.
  @Test func textsOfAFileThatIsOpenedAnewStay() throws {
    var random = SeededRandom(seed: 4)
    let store = EventStore(rows: rows(300, from: 0, &random), buckets: 2)
    try workspace.saveEvents(store, as: "main", at: minute(0))
    func pages(_ workspace: Workspace) throws -> [String] {
      let store = try workspace.events("main")
      let place = try #require(store.schema.properties.firstIndex { $0.name == "page" })
      return store.buckets.flatMap { bucket in
        (0..<bucket.eventCount).compactMap { bucket.value(of: place, at: $0, in: store.schema)?.text }
      }.sorted()
    }
    let before = try pages(Workspace(opening: folder.file()))
    let pairs = (0..<40).map { (device: "u\($0)", customer: "u\($0 % 7)") }
    var map = IdentityMap()
    for pair in pairs { _ = map.join(pair.device, with: pair.customer) }
    _ = try Workspace(opening: folder.file()).addIdentities(
      pairs, joinedAs: map, from: source, at: minute(1), room())
    #expect(try pages(Workspace(opening: folder.file())) == before && before.count == 300)
    _ = try Workspace(opening: folder.file()).forgetIdentities(at: minute(2), room())
    #expect(try lines(Workspace(opening: folder.file()).events("main")) == lines(store))
  }

  /// What a store holds, whatever its codes and buckets.
  private func lines(_ store: EventStore) -> [String] {
    let schema = store.schema
    return store.buckets.flatMap { bucket in
      bucket.customers.indices.flatMap { index in
        bucket.rows(of: index).map { row in
          let values = schema.properties.indices.compactMap { place in
            bucket.value(of: place, at: row, in: schema).map { "\(schema.properties[place].name) \($0.text)" }
          }.sorted()
          return "\(bucket.customers[index]) \(bucket.instants[row]) \(schema.events[bucket.events[row]]) \(values)"
        }
      }
    }.sorted()
  }

  private func join(_ count: Int, _ random: inout SeededRandom) -> ([(device: String, customer: String)], IdentityMap) {
    var (pairs, map) = ([(device: String, customer: String)](), IdentityMap())
    for _ in 0..<count {
      let pair = (
        device: "u\(random.next(80))", customer: random.next(2) == 0 ? "p\(random.next(9))" : "u\(random.next(80))"
      )
      if map.join(pair.device, with: pair.customer) { pairs.append(pair) }
    }
    return (pairs, map)
  }

  @Test(arguments: 1...10) func storesAreThoseLoadedUnderJoinedIds(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let buckets = 1 << random.next(4)
    var all = rows(700, from: 0, &random)
    _ = try workspace.addEvents(draft(of: all, by: nil, buckets: buckets), to: "main", at: minute(0))
    try workspace.saveEvents(sampleEvents(customers: 6), as: "other", at: minute(0))
    try workspace.useEvents("main")
    let before = lines(try workspace.events("main"))
    for load in 1...3 {
      let (pairs, found) = join(6, &random)
      let change = try workspace.addIdentities(
        pairs, joinedAs: found, from: source, at: minute(load), room(random.next(2) * 2_000))
      #expect(load > 1 || change.added == pairs.count)
      #expect(load > 1 || change.stores.map(\.store) == ["main"])
      let map = try #require(try workspace.identities())
      let reader = try Workspace(opening: folder.file())
      #expect(try reader.identities()?.person(of: pairs[0].device) == map.person(of: pairs[0].device))
      let later = rows(load == 2 ? 300 : 5, from: all.count, &random)
      _ = try workspace.addEvents(draft(of: later, by: map, buckets: 1), to: "main", at: minute(load))
      all += later
      let expected = try EventStore(draft(of: all, by: map, buckets: buckets))
      for workspace in [workspace, reader] {
        let store = try workspace.events("main")
        #expect(lines(store) == lines(expected), "load \(load)")
        #expect(store.faults?.count == 0)
      }
      let stored = try #require(try workspace.storedEvents().first)
      #expect(stored.customers == expected.customerCount && stored.events == all.count)
      #expect(try workspace.activeEventsName() == "main")
    }
    let stores = try workspace.forgetIdentities(at: minute(9), room(0))
    #expect(stores.map(\.store) == ["main"])
    #expect(try workspace.identities() == nil)
    #expect(try workspace.sources().isEmpty)
    let store = try Workspace(opening: folder.file()).events("main")
    #expect(!store.schema.properties.contains { $0.name == EventStore.originalID })
    #expect(try lines(store) == lines(EventStore(draft(of: all, by: nil, buckets: buckets))))
    #expect(Set(before).isSubset(of: lines(store)))
  }

  /// Loads that bring pairs with their events are the pairs' load and then the events'.
  @Test(arguments: 1...10) func pairsComeWithEvents(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let apart = try Workspace(opening: folder.file("apart.waymark"), as: .new)
    var all: [EventRow] = []
    for load in 1...4 {
      let (pairs, found) = join(random.next(2) * 6, &random)
      let map = pairs.reduce(into: try workspace.identities() ?? IdentityMap()) {
        _ = $0.join($1.device, with: $1.customer)
      }
      let later = rows(random.one(in: 2) ? 400 : 9, from: all.count, &random)
      all += later
      let buckets = 1 << random.next(4)
      let (name, place) = (random.one(in: 3) ? "other" : "main", room(random.next(2) * 2_000))
      var events = source
      (events.kind, events.store) = ("events", name)
      let joined = pairs.isEmpty ? try workspace.identities() : map
      let change = try workspace.addEvents(
        draft(of: later, by: joined, buckets: buckets), to: name, from: events, joining: pairs, joinedAs: found,
        at: minute(load), place)
      let stores =
        pairs.isEmpty
        ? [] : try apart.addIdentities(pairs, joinedAs: found, from: source, at: minute(load), place).stores
      _ = try apart.addEvents(draft(of: later, by: joined, buckets: buckets), to: name, at: minute(load))
      #expect(Set(change.stores.map { [$0.store, "\($0.moved)"] }) == Set(stores.map { [$0.store, "\($0.moved)"] }))
      #expect(try workspace.activeEventsName() == name)
      #expect(try workspace.sources().last(where: { $0.kind == "events" })?.store == name)
      let reader = try Workspace(opening: folder.file())
      #expect(try reader.identities()?.pairCount == apart.identities()?.pairCount)
      for stored in try apart.storedEvents() {
        let expected = lines(try apart.events(stored.name))
        for workspace in [workspace, reader] {
          let store = try workspace.events(stored.name)
          #expect(lines(store) == expected, "load \(load)")
          #expect(store.faults?.count == 0)
        }
        let told = try #require(try reader.storedEvents().first { $0.name == stored.name })
        #expect(told.customers == stored.customers && told.events == stored.events)
      }
    }
  }

  @Test func aLoadWithPairsThatIsStoppedChangesNothing() throws {
    var random = SeededRandom(seed: 5)
    _ = try workspace.addEvents(draft(of: rows(400, from: 0, &random), by: nil, buckets: 4), to: "main", at: minute(0))
    let before = try WholeReading(workspace, undoing: false)
    let (pairs, found) = join(9, &random)
    let later = rows(50, from: 400, &random)
    #expect(throws: WorkspaceError(.interrupted, file: folder.file())) {
      try workspace.addEvents(
        draft(of: later, by: found, buckets: 1), to: "main", from: source, joining: pairs, joinedAs: found,
        at: minute(1), room()
      ) { share in
        if share > 0 { workspace.interruption.interrupt() }
      }
    }
    workspace.interruption.reset()
    #expect(try WholeReading(workspace, undoing: false) == before)
    #expect(try workspace.identities() == nil)
  }

  @Test func whatIsStoppedOrFailsChangesNothing() throws {
    var random = SeededRandom(seed: 3)
    _ = try workspace.addEvents(draft(of: rows(400, from: 0, &random), by: nil, buckets: 4), to: "main", at: minute(0))
    let before = try WholeReading(workspace, undoing: false)
    let (pairs, found) = join(9, &random)
    #expect(throws: WorkspaceError(.interrupted, file: folder.file())) {
      try workspace.addIdentities(pairs, joinedAs: found, from: source, at: minute(1), room()) { share in
        if share > 0 { workspace.interruption.interrupt() }
      }
    }
    workspace.interruption.reset()
    #expect(try WholeReading(workspace, undoing: false) == before)
    #expect(try workspace.identities() == nil)
    let other = try Workspace(opening: folder.file())
    #expect(try WholeReading(other, undoing: false) == before)
    #expect(try other.addIdentities(pairs, joinedAs: found, from: source, at: minute(1), room()).added == pairs.count)
    #expect(try workspace.identities()?.pairCount == pairs.count, "another shell reads them, too")
  }

  @Test func rowsThatWereChangedByHandAreTold() throws {
    let (pairs, found) = ([(device: "d1", customer: "u1")], IdentityMap())
    var map = found
    _ = map.join("d1", with: "u1")
    _ = try workspace.addIdentities(pairs, joinedAs: map, from: source, at: minute(0), room())
    try workspace.write { try $0.execute(sql: "UPDATE identity SET customer = 'u2'") }
    let reader = try Workspace(opening: folder.file())
    #expect(try reader.identities()?.person(of: "d1") == "u2")
    #expect(reader.takeAlterations().map(\.part) == [.rows(table: "identity")])
  }

  @Test func aPersonIsErasedWithAllIds() throws {
    var map = IdentityMap()
    let pairs = [(device: "d1", customer: "u1"), (device: "d2", customer: "u1"), (device: "d3", customer: "u3")]
    for pair in pairs { _ = map.join(pair.device, with: pair.customer) }
    let rows = ["d1", "u1", "d2", "d3", "x"].enumerated().map { number, id in
      EventRow(customer: id, instant: Int64(number), name: "only \(id)")
    }
    try workspace.saveEvents(EventStore(rows: rows, buckets: 2), as: "main", at: minute(0))
    _ = try workspace.addIdentities(pairs, joinedAs: map, from: source, at: minute(0), room())
    let forgotten = try workspace.forget(customer: "d2", at: minute(1))
    #expect(forgotten.events.map(\.count) == [3] && forgotten.pairs == 2)
    #expect(
      lines(try workspace.events("main")) == ["u3 3 only d3 [\"original_id d3\"]", "x 4 only x [\"original_id x\"]"])
    #expect(try workspace.identities()?.ids(with: "u3") == ["d3", "u3"])
    #expect(try workspace.identities()?.ids(with: "u1") == ["u1"])
    _ = try workspace.forget(customer: "u3", at: minute(1))
    #expect(try workspace.identities()?.pairCount == 0, "that some were loaded is known")
    #expect(try workspace.forgetIdentities(at: minute(2), room()).map(\.customers) == [1])
    #expect(lines(try workspace.events("main")) == ["x 4 only x []"])
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file()))
    #expect(bytes.range(of: Data("only d1".utf8)) == nil && bytes.range(of: Data("d2".utf8)) == nil)
  }
}
