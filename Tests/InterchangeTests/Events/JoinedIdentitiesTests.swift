import EventStore
import JourneyTime
import TestSupport
import Testing

@testable import Interchange

/// Ids that stand in one row are joined as a file of their pairs would join them.
@Suite struct JoinedIdentitiesTests {
  private struct Row {
    var second: Int
    var device: String?
    var user: String?
    var previous: String?
  }

  private func rows(_ random: inout SeededRandom) -> [Row] {
    (0..<1 + random.next(90)).map { _ in
      let nobody = random.one(in: 12) ? "null" : nil
      var row = Row(second: random.next(30), device: nobody ?? "d\(random.next(9))")
      if random.one(in: 3) { row.user = nobody ?? "u\(random.next(7))" }
      if row.user != nil, random.one(in: 4) { row.previous = "u\(random.next(20))" }
      if row.user != nil, random.one(in: 4) { row.device = nil }
      return row
    }
  }

  /// The pairs as a file of identities would have them.
  private func map(of rows: [Row], isSegment: Bool) -> (IdentityMap, [[String]]) {
    var (map, pairs) = (IdentityMap(), [[String]]())
    for row in rows {
      for id in isSegment ? [row.device, row.previous] : [row.device] {
        guard let id, let user = row.user, id != "null", user != "null", id != user else { continue }
        if map.join(id, with: user) { pairs.append([id, user]) }
      }
    }
    return (map, pairs)
  }

  private func segment(_ rows: [Row], isPlain: Bool) -> String {
    rows.enumerated().map { number, row in
      let ids = [("anonymousId", row.device), ("userId", row.user), ("previousId", row.previous)]
      let texts = ids.map { name, id in "\"\(name)\":\(id.map { "\"\(isPlain ? $0 : escaped($0))\"" } ?? "null")" }
      return #"{"type":"track","event":"e\#(number)","timestamp":"\#(time(row))",\#(texts.joined(separator: ","))}"#
    }.joined(separator: "\n") + "\n"
  }

  private func escaped(_ id: String) -> String { id.replacing("u", with: "\\u0075").replacing("d", with: "\\u0064") }

  private func table(_ rows: [Row]) -> String {
    "id,cookie,time,event\n"
      + rows.enumerated().map { number, row in
        "\(row.user ?? ""),\(row.device ?? ""),\(time(row)),e\(number)\n"
      }.joined()
  }

  private func time(_ row: Row) -> String { Instant(microseconds: Int64(row.second) * 1_000_000).iso }

  @Test(arguments: 0..<80) func rowsJoinAsAFileOfPairsDoes(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let rows = rows(&random)
    let roles: [ColumnRole: ColumnReference] = [.customer: .name("id"), .device: .name("cookie")]
    for (text, given, isSegment) in [
      (segment(rows, isPlain: true), [:], true), (segment(rows, isPlain: false), [:], true),
      (table(rows), roles, false),
    ] {
      let (map, pairs) = map(of: rows, isSegment: isSegment)
      var options = LoadOptions(roles: given, maxBadShare: 0, threads: 1 + random.next(3))
      (options.leastSegment, options.headSize) = (200, random.pick([0, 300, 1 << 20]))
      options.memory = random.pick([0, .max])
      options.joinsIds = false
      options.identities = pairs.isEmpty ? nil : map
      let expected = try loaded(text, options)
      #expect(expected.identities == nil, "nothing is joined where nobody wants it")
      options.joinsIds = true
      for known in [nil, options.identities] {
        options.identities = known
        let joined = try loaded(text, options)
        #expect(joined.store.lines == expected.store.lines)
        #expect((joined.identities?.pairs ?? []).map { [$0.device, $0.customer] } == pairs)
        #expect(
          joined.identities?.idCount ?? 0 == map.idCount && joined.identities?.personCount ?? 0 == map.personCount)
      }
    }
  }

  private func joined(_ text: String, roles: [ColumnRole: ColumnReference] = [:]) throws -> [String] {
    let identities = try loaded(text, LoadOptions(roles: roles, maxBadShare: 0)).identities
    return (identities?.pairs ?? []).map { "\($0.device) \($0.customer)" } + (identities?.columns ?? [])
  }

  /// A column that looks like a device's joins nothing by its name alone.
  @Test func tablesJoinWhatIsSaid() throws {
    let text = "user_id,device_id,time,event\nu1,d1,2025-01-06T10:00:00Z,a\nu1,0,2025-01-06T10:00:00Z,a\n"
    #expect(try joined(text) == [])
    #expect(try joined(text, roles: [.device: .name("device_id")]) == ["d1 u1", "device_id and user_id"])
    #expect(try joined(text, roles: [.device: .name("user_id"), .customer: .name("user_id")]) == [])
  }

  @Test func amplitude() throws {
    let text = """
      {"amplitude_id":1,"device_id":"d1","event_time":"2025-01-06 10:00:00","event_type":"play","user_id":null}
      {"amplitude_id":1,"device_id":"d1","event_time":"2025-01-06 10:00:01","event_type":"play","user_id":"u1"}
      """
    #expect(try joined(text) == ["d1 u1", "device_id and user_id"])
    #expect(try loaded(text).store.lines.map { $0.prefix(2) } == ["u1", "u1"])
    #expect(try joined(text, roles: [.customer: .name("device_id")]) == ["d1 u1", "device_id and user_id"])
    #expect(try joined(text, roles: [.customer: .name("amplitude_id")]) == [])
  }

  /// Properties of other events that are called as those of an alias say nothing.
  @Test func postHog() throws {
    let text = """
      {"uuid":"1","event":"$identify","distinct_id":"u1","timestamp":"2025-01-06T10:00:00Z","properties":{"$anon_distinct_id":"a1"}}
      {"uuid":"2","event":"buy","distinct_id":"u1","timestamp":"2025-01-06T10:00:00Z","properties":{"alias":"nick","$anon_distinct_id":"a2"}}
      {"uuid":"3","event":"$create_alias","distinct_id":"u1","timestamp":"2025-01-06T10:00:00Z","properties":{"alias":"b"}}
      {"uuid":"4","event":"$merge_dangerously","distinct_id":"u1","timestamp":"2025-01-06T10:00:00Z","properties":{"alias":["c"]}}
      """
    #expect(
      try joined(text) == [
        "a1 u1", "b u1", "$anon_distinct_id and distinct_id of $identify",
        "alias and distinct_id of $create_alias, $merge_dangerously",
      ])
  }

  /// Of customers who are devices, some projects write the id alone, others with a mark in front.
  @Test func mixpanel() throws {
    let text = """
      {"event":"Page","properties":{"time":1736157600,"distinct_id":"$device:d1","$device_id":"d1"}}
      {"event":"Join","properties":{"time":1736157601,"distinct_id":"u1","$device_id":"d1","$user_id":"u1"}}
      {"event":"$identify","properties":{"time":1736157602,"distinct_id":"u2","$anon_id":"d2","$identified_id":"u2"}}
      """
    #expect(
      try joined(text) == [
        "d1 u1", "$device:d1 u1", "d2 u2", "$device:d2 u2", "$device_id and $user_id",
        "$anon_id and $identified_id of $identify",
      ])
    #expect(try loaded(text).identities?.idCount == 4)
    #expect(try loaded(text).store.lines.map { $0.prefix(2) } == ["u1", "u1", "u2"])
  }
}
