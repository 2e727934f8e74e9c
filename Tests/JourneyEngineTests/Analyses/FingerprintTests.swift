import EventStore
import JourneyEngine
import JourneyQuery
import TestSupport
import Testing

@Suite struct FingerprintTests {
  private func fingerprint(_ rows: [EventRow], buckets: Int? = nil) throws -> StoreFingerprint {
    try EmbeddedEngine(EventStore(rows: rows, buckets: buckets), threads: 2).fingerprint(FingerprintQuery(), Run())
  }

  /// However a store is cut, and whichever codes its parts have, it has one fingerprint; another store has another.
  @Test(arguments: 0..<4) func `a fingerprint is that of the journeys`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var seen: [StoreFingerprint: [String]] = [:]
    for _ in 0..<300 {
      let rows = RandomJourneys([.orderColumn], using: &random).rows
      let expected = try fingerprint(rows)
      for engine in try engines(rows, parted: 4, using: &random) {
        try #require(try engine.fingerprint(FingerprintQuery(), Run()) == expected)
      }
      let content = journeys(of: rows).map { "\($0)" }.sorted()
      #expect(seen[expected, default: content] == content)
      seen[expected] = content
    }
    #expect(seen.count > 200)
  }

  @Test func `any change is another fingerprint`() throws {
    let rows = [
      EventRow(customer: "u", instant: 0, name: "A", properties: [("x", .number(1)), ("t", .text("a"))]),
      EventRow(customer: "u", instant: 1, name: "B", properties: [("ok", .truth(true)), ("due", .time(5))]),
      EventRow(customer: "v", instant: 0, name: "A"),
    ]
    var others: [[EventRow]] = [Array(rows.dropLast()), rows + rows.suffix(1)]
    func change(_ row: Int, _ change: (inout EventRow) -> Void) {
      others.append(rows)
      change(&others[others.count - 1][row])
    }
    change(0) { $0.customer = "v" }
    change(0) { $0.instant = -1 }
    change(0) { $0.name = "C" }
    change(0) { $0.properties[0].value = .number(2) }
    change(0) { $0.properties[1].value = .text("b") }
    change(0) { $0.properties[1].name = "s" }
    change(1) { $0.properties[0].value = .truth(false) }
    change(1) { $0.properties[1].value = .time(6) }
    change(1) { $0.properties = [] }
    change(2) { $0.order = 1 }
    let found = try others.map { try fingerprint($0) } + [try fingerprint(rows)]
    #expect(Set(found).count == found.count)
  }
}
