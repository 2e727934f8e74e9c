import Foundation
import TestSupport
import Testing

@testable import EventStore

/// Stores whose ids are joined, against the same rows loaded under the persons.
@Suite struct RekeyingTests {
  /// Rows as they are held: the order of a moment is the order here.
  private struct Model {
    var rows: [EventRow] = []

    /// Customers who become one follow each other by the ids they had.
    mutating func rekey(by map: IdentityMap?) {
      rows = rows.enumerated().sorted { left, right in
        let (one, other) = (left.element.customer, right.element.customer)
        return one == other ? left.offset < right.offset : one.comesBefore(other)
      }.map { _, row in
        var row = row
        let id = Self.original(row) ?? row.customer
        row.customer = map?.person(of: id) ?? id
        row.properties.removeAll { $0.name == EventStore.originalID }
        if map != nil { row.properties.append((EventStore.originalID, .text(id))) }
        return row
      }
    }

    /// Rows of a later load, joined while it is read.
    mutating func load(_ later: [EventRow], by map: IdentityMap?) {
      rows += later.map { row in
        var row = row
        guard let map else { return row }
        row.properties.append((EventStore.originalID, .text(row.customer)))
        row.customer = map.person(of: row.customer)
        return row
      }
    }

    private static func original(_ row: EventRow) -> String? {
      guard case .text(let id)? = row.properties.first(where: { $0.name == EventStore.originalID })?.value else {
        return nil
      }
      return id
    }
  }

  private func join(_ map: inout IdentityMap, _ random: inout SeededRandom) {
    for _ in 0..<1 + random.next(4) {
      let person = random.next(2) == 0 ? "p\(random.next(3))" : "u\(random.next(12))"
      _ = map.join("u\(random.next(12))", with: person)
    }
  }

  private func load(_ rows: [EventRow], by map: IdentityMap?, buckets: Int, _ random: inout SeededRandom) throws
    -> EventStore
  {
    let spill = RowSpill(budget: random.next(2) * 1_000, folder: NSTemporaryDirectory())
    var builder = EventStoreBuilder(spill: spill, groupSize: 7, identities: map)
    let kinds: [(String, Property.Kind)] = [("row", .number), ("country", .text), ("paid", .truth), ("due", .time)]
    let indices = kinds.map { builder.addProperty($0.0, declared: $0.1) }
    builder.session = indices[1]
    for row in rows {
      builder.append(
        customer: Array(row.customer.utf8).span, event: Array(row.name.utf8).span, instant: row.instant,
        order: row.order ?? .nan)
      for (name, value) in row.properties {
        if let place = kinds.firstIndex(where: { $0.0 == name }) { builder.set(indices[place], to: value) }
      }
    }
    return try EventStore(builder.draft(buckets: buckets))
  }

  @Test(arguments: 0..<120) func eventsAreThoseOfPersons(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let buckets = 1 << random.next(5)
    var (model, map) = (Model(), nil as IdentityMap?)
    var rows = randomRows(random.next(80), using: &random)
    model.load(rows, by: map)
    var store = try load(rows, by: map, buckets: buckets, &random)
    for step in 0..<6 {
      switch random.next(3) {
      case 0:
        rows = randomRows(random.next(30), using: &random)
        model.load(rows, by: map)
        store = store.appending(try load(rows, by: map, buckets: 1, &random)).store
      case 1 where map != nil && step > 2: map = nil
      default:
        var more = map ?? IdentityMap()
        join(&more, &random)
        map = more
      }
      let spill = RowSpill(budget: random.next(2) * 1_000, folder: NSTemporaryDirectory())
      if let rekeyed = try store.rekeyed(by: map, spill: spill) {
        store = try EventStore(rekeyed.draft)
        model.rekey(by: map)
        #expect(rekeyed.draft.tally.customers == store.customerCount)
        #expect(rekeyed.ids == Set(originals(model.rows)).count)
      }
      #expect(store.readRows == expectedRows(model.rows), "step \(step)")
      #expect(store.schema.session.map { store.schema.properties[$0].name } == "country")
      for row in model.rows { #expect(store.find(customer: row.customer) != nil) }
    }
  }

  private func originals(_ rows: [EventRow]) -> [String] {
    rows.map { row in
      guard case .text(let id)? = row.properties.first(where: { $0.name == EventStore.originalID })?.value else {
        return row.customer
      }
      return id
    }
  }

  /// Of ids that never share a moment, the order of journeys is that of a load under the joined ids.
  @Test(arguments: 0..<40) func joiningIsLoadingUnderJoinedIds(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var map = IdentityMap()
    for _ in 0..<3 { join(&map, &random) }
    var rows = randomRows(200, using: &random)
    for index in rows.indices {
      rows[index].instant = rows[index].instant * 16 + (Int64(rows[index].customer.dropFirst()) ?? 0)
    }
    let spill = RowSpill(budget: 0, folder: NSTemporaryDirectory())
    let rekeyed = try #require(try load(rows, by: nil, buckets: 8, &random).rekeyed(by: map, spill: spill))
    let loaded = try load(rows, by: map, buckets: 2, &random)
    #expect(try EventStore(rekeyed.draft).readRows == loaded.readRows)
  }

  @Test func nothingIsMadeWhereNothingChanges() throws {
    var random = SeededRandom(seed: 1)
    let rows = randomRows(40, using: &random)
    let spill = RowSpill(budget: .max, folder: NSTemporaryDirectory())
    var map = IdentityMap()
    _ = map.join("u1", with: "p")
    let store = EventStore(rows: rows)
    #expect(try store.rekeyed(by: nil, spill: spill) == nil)
    let rekeyed = try EventStore(#require(try store.rekeyed(by: map, spill: spill)).draft)
    _ = map.join("stranger", with: "p")
    #expect(try rekeyed.rekeyed(by: map, spill: spill) == nil)
  }
}
