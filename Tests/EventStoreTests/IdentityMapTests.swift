import TestSupport
import Testing

@testable import EventStore

@Suite struct IdentityMapTests {
  /// What pairs mean: ids that a pair joins are of one group, groups that share an id are one, and the first pair of a group names it.
  private func people(_ pairs: [(String, String)]) -> [String: String] {
    var groups: [(ids: Set<String>, name: String)] = []
    for (one, other) in pairs {
      let touched = groups.filter { $0.ids.contains(one) || $0.ids.contains(other) }
      groups.removeAll { $0.ids.contains(one) || $0.ids.contains(other) }
      let ids = touched.reduce(into: Set([one, other])) { $0.formUnion($1.ids) }
      let names = pairs.first { ids.contains($0.0) }.map(\.1)
      groups.append((ids, names ?? other))
    }
    return Dictionary(uniqueKeysWithValues: groups.flatMap { group in group.ids.map { ($0, group.name) } })
  }

  @Test(arguments: 0..<200) func idsAreJoinedOverOthers(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let names = 2 + random.next(40)
    let pairs = (0..<random.next(60)).map { _ in ("id\(random.next(names))", "id\(random.next(names))") }
    var map = IdentityMap()
    var seen: Set<[String]> = []
    for (one, other) in pairs {
      #expect(map.join(one, with: other) == seen.insert([one, other]).inserted, "a pair is new once")
    }
    let expected = people(pairs)
    for (id, person) in expected {
      #expect(map.person(of: id) == person)
      #expect(Set(map.ids(with: id)) == Set(expected.filter { $0.value == person }.keys))
    }
    #expect(map.person(of: "stranger") == "stranger" && map.ids(with: "stranger") == ["stranger"])
    #expect(
      map.idCount == expected.count && map.personCount == Set(expected.values).count && map.pairCount == seen.count)
    #expect(map.joinedCount == Set(pairs.map(\.0)).count)
    #expect(map.chainedCount == Set(pairs.map(\.0)).intersection(pairs.map(\.1)).count)
    let sizes = Dictionary(grouping: expected.values) { $0 }.mapValues(\.count)
    #expect(map.largest?.ids == sizes.values.max())
    if let largest = map.largest { #expect(sizes[largest.person] == largest.ids) }
  }

  @Test func theIdThatJoinsMostIsNamed() {
    var map = IdentityMap()
    for number in 0..<30 { _ = map.join("d\(number)", with: number % 2 == 0 ? "u\(number)" : "anonymous") }
    for number in 0..<9 { _ = map.join("anonymous", with: "u\(number * 2)") }
    #expect(map.largest?.busiest == "anonymous")
    #expect(map.largest?.pairs == 24)
    #expect(map.largest?.person == "u0")
  }

  /// Ids are bytes: what looks alike is not the same.
  @Test func idsOfOtherBytesAreOthers() {
    var map = IdentityMap()
    _ = map.join("d1", with: "é")
    _ = map.join("d2", with: "e\u{301}")
    #expect(map.personCount == 2)
    #expect(map.person(of: "d2").utf8.elementsEqual("e\u{301}".utf8))
  }
}
