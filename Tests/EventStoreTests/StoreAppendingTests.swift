import TestSupport
import Testing

@testable import EventStore

@Suite struct StoreAppendingTests {
  /// Two drafts become the store that their stores do.
  @Test(arguments: 0..<60) func draftsAreAppendedAsStoresAre(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let stores = (0..<2).map { _ in
      EventStore(rows: randomRows(random.next(60), using: &random), buckets: 1 << random.next(4))
    }
    let (whole, changes) = stores[0].appending(stores[1])
    let draft = AppendedDraft(stores[1], behind: stores[0])
    #expect(EventStore(draft).readRows == whole.readRows)
    #expect(EventStore(draft.rebucketed(to: 32)).readRows == whole.readRows)
    #expect(draft.eventCount == whole.eventCount && draft.schema.session == whole.schema.session)
    #expect(draft.eventCounts() == EventStore(draft).buckets.map(\.eventCount))
    #expect(draft.changes == changes)
  }

  /// Two loads, one behind the other, give what one load of both gives.
  @Test(arguments: 0..<80) func twoLoadsAreOne(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let first = randomRows(Int.random(in: 0..<60, using: &random), using: &random)
    let second = randomRows(Int.random(in: 0..<60, using: &random), using: &random)
    let expected = expectedRows(first + second)
    for (one, other) in [(1, 1), (4, 1), (1, 8)] {
      let earlier = EventStore(rows: first, buckets: one)
      let (store, changes) = earlier.appending(EventStore(rows: second, buckets: other))
      #expect(store.readRows == expected)
      #expect(changes.isEmpty)
      #expect(store.buckets.count == max(one, other))
      for id in Set((first + second).map(\.customer)) { #expect(store.find(customer: id) != nil) }
    }
  }

  private func store(_ customer: String, _ properties: [(name: String, value: PropertyValue)]) -> EventStore {
    EventStore(rows: [EventRow(customer: customer, instant: 0, name: "e\(customer)", properties: properties)])
  }

  @Test func kindsThatDifferBecomeText() {
    let (merged, changes) = store("a", [("n", .number(12)), ("t", .time(0)), ("x", .text("x"))])
      .appending(store("b", [("x", .text("y")), ("t", .truth(true)), ("n", .text("none")), ("new", .number(1))]))
    #expect(
      merged.readRows.map(\.properties) == [
        ["n": .text("12"), "t": .text("1970-01-01T00:00:00Z"), "x": .text("x")],
        ["n": .text("none"), "t": .text("true"), "x": .text("y"), "new": .number(1)],
      ])
    #expect(merged.schema.properties.map(\.name) == ["n", "t", "x", "new"])
    #expect(
      changes == [
        .init(property: "t", earlier: .time, later: .truth), .init(property: "n", earlier: .number, later: .text),
      ])
    #expect(merged.schema.events == ["ea", "eb"])
  }

  @Test func aPropertyWithoutValuesTakesTheOtherKind() {
    var builder = EventStoreBuilder()
    _ = builder.addProperty("n")
    builder.append(customer: Array("z".utf8).span, event: Array("e".utf8).span, instant: 0)
    let empty = builder.finish()
    #expect(empty.schema.properties.map(\.kind) == [.text])
    for (merged, changes) in [
      empty.appending(store("a", [("n", .number(1))])), store("a", [("n", .number(1))]).appending(empty),
    ] {
      #expect(merged.schema.properties.map(\.kind) == [.number])
      #expect(merged.readRows.map { $0.properties["n"] } == [.number(1), nil])
      #expect(changes.isEmpty)
    }
  }

  @Test func emptyStores() {
    let none = EventStore(schema: StoreSchema(), buckets: [])
    let one = store("a", [("n", .number(1))])
    #expect(none.appending(one).store.readRows == one.readRows)
    #expect(one.appending(none).store.readRows == one.readRows)
    #expect(none.appending(none).store.eventCount == 0)
  }

  @Test func untouchedBucketsAreKept() {
    let rows = (0..<400).map { EventRow(customer: "u\($0)", instant: 0, name: "e", properties: [("n", .number(1))]) }
    let earlier = EventStore(rows: rows, buckets: 16)
    let merged = earlier.appending(store("u7", [("n", .number(2))])).store
    #expect(zip(earlier.buckets, merged.buckets).count { $0 === $1 } == 15)
    #expect(merged.eventCount == 401)
  }

  @Test func sessionsStayMarked() {
    let plain = store("a", [("n", .number(1))])
    let marked = EventStore(
      rows: [EventRow(customer: "b", instant: 0, name: "e", properties: [("m", .number(1)), ("s", .text("1"))])],
      session: "s")
    #expect(plain.appending(marked).store.schema.session == 2)
    #expect(marked.appending(plain).store.schema.session == 1)
  }
}
