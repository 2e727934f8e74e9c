import TestSupport
import Testing

@testable import EventStore

@Suite struct EventRowTests {
  @Test(arguments: 0..<60) func rowsComeBackInCanonicalOrder(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let rows = randomRows(Int.random(in: 0..<120, using: &random), using: &random)
    let expected = expectedRows(rows)
    for buckets in [nil, 1, 8, 64] {
      let store = EventStore(rows: rows, buckets: buckets)
      #expect(store.readRows == expected)
      #expect(store.eventCount == rows.count)
      #expect(store.buckets.count == buckets ?? 1)
      #expect(store.span == rows.map(\.instant).min().map { $0...(rows.map(\.instant).max() ?? $0) })
    }
  }

  @Test func customersAreFoundByBytes() throws {
    // Two spellings of é that Swift's == takes for one.
    let ids = ["é", "e\u{301}", "z", "Z", "", "10", "9"]
    let store = EventStore(rows: ids.map { EventRow(customer: $0, instant: 0, name: "x") }, buckets: 4)
    #expect(store.customerCount == 7)
    for id in ids {
      let place = try #require(store.find(customer: id))
      #expect(store.buckets[place.bucket].customers[place.index].utf8.elementsEqual(id.utf8))
    }
    #expect(store.find(customer: "y") == nil)
    for bucket in store.buckets {
      #expect(
        zip(bucket.customers, bucket.customers.dropFirst()).allSatisfy { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }
  }

  @Test func aPropertyOfSeveralKindsIsText() {
    let values: [PropertyValue] = [.number(12), .number(0.5), .truth(true), .time(1_500_000), .text("x")]
    let store = EventStore(rows: values.map { EventRow(customer: "u", instant: 0, name: "e", properties: [("p", $0)]) })
    #expect(store.schema.properties.map(\.kind) == [.text])
    #expect(store.schema.properties[0].dictionary == ["12", "0.5", "true", "1970-01-01T00:00:01.5Z", "x"])
  }

  @Test func typedValuesKeepTheirKind() {
    let extremes: [PropertyValue] = [.time(.min), .time(.max), .time(0)]
    let store = EventStore(
      rows: extremes.map {
        EventRow(customer: "u", instant: 0, name: "e", properties: [("t", $0), ("x", .text("12"))])
      },
      session: "x")
    #expect(store.schema.properties.map(\.kind) == [.time, .text])
    #expect(store.schema.session == 1)
    #expect((0..<3).map { store.buckets[0].value(of: 0, at: $0, in: store.schema) } == extremes)
  }

  @Test func masksHoldTheCodesThatOccur() {
    let rows = (0..<200).map {
      EventRow(customer: $0 < 150 ? "many" : "few", instant: 0, name: "e\($0 < 150 ? $0 : $0 % 3)")
    }
    let bucket = EventStore(rows: rows).buckets[0]
    #expect(bucket.customers == ["few", "many"])
    #expect(bucket.eventMasks == [0b111, .max])
    guard case .narrow = bucket.events else { return #expect(Bool(false), "150 codes fit a byte") }
  }

  @Test func wideCodes() {
    let rows = (0..<70_000).map { EventRow(customer: "u", instant: Int64($0), name: "e\($0)") }
    let store = EventStore(rows: rows)
    guard case .wide(let codes) = store.buckets[0].events else {
      return #expect(Bool(false), "70,000 codes need 32 bits")
    }
    #expect(codes == Array(0..<70_000))
  }
}
