import TestSupport
import Testing

@testable import EventStore

@Suite struct IdentityPairsTests {
  private typealias Row = (id: String, person: String, rule: Int)

  private func gathered(_ rows: [Row]) -> IdentityPairs {
    var pairs = IdentityPairs()
    for row in rows { pairs.add(Array(row.id.utf8).span, Array(row.person.utf8).span, rule: row.rule) }
    return pairs
  }

  /// What rows say: each pair of different ids once, in the order of the rows, however they are cut into parts.
  @Test(arguments: 0..<100) func pairsAreThoseOfTheRows(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let ids = ["", "null", "d1", "d2", "u1", "u2", "u3", "an id that is longer than the sixteen bytes of a slot"]
    let rows = (0..<random.next(60)).map { _ -> Row in (random.pick(ids), random.pick(ids), random.next(2)) }
    var (expected, seen) = ([[String]](), Set<[String]>())
    for row in rows where row.id != row.person && ![row.id, row.person].contains(where: ["", "null"].contains) {
      if seen.insert([row.id, row.person]).inserted { expected.append([row.id, row.person, "\(row.rule)"]) }
    }
    var cut = IdentityPairs()
    var rest = rows[...]
    while !rest.isEmpty {
      let count = 1 + random.next(20)
      cut.absorb(gathered(Array(rest.prefix(count))))
      rest = rest.dropFirst(count)
    }
    for pairs in [gathered(rows), cut] {
      #expect(pairs.texts.map { [$0.device, $0.customer, "\($0.rule)"] } == expected)
      #expect(pairs.isEmpty == expected.isEmpty)
      #expect(pairs.rules == Set(expected.compactMap { Int($0[2]) }))
    }
  }

  @Test(arguments: ["null", "NULL", "None", "undefined", " ", "0", "00000000-0000-0000-0000-000000000000"])
  func whatStandsForNobodyJoinsNothing(id: String) {
    #expect(gathered([("d1", id, 0), (id, "u1", 0)]).isEmpty)
    #expect(!gathered([("d1", id + "1", 0)]).isEmpty)
  }
}
