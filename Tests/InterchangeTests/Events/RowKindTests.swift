import EventStore
import SourceText
import TestSupport
import Testing

@testable import Interchange

/// Files whose rows are no events go through the same readers.
@Suite struct RowKindTests {
  /// `key instant figure a=1`, sorted.
  private func lines(_ loaded: LoadedEvents) -> [String] {
    let store = loaded.store
    return store.buckets.flatMap { bucket in
      bucket.customers.enumerated().flatMap { index, key in
        bucket.rows(of: index).map { row in
          let figure = bucket.orders.map { $0[row].isNaN ? "-" : PropertyValue.number($0[row]).text } ?? "-"
          let values = store.schema.properties.indices.compactMap { property in
            bucket.value(of: property, at: row, in: store.schema).map {
              "\(store.schema.properties[property].name)=\($0.text)"
            }
          }
          return (["\(key.isEmpty ? "-" : key) \(bucket.instants[row]) \(figure)"] + values).joined(separator: " ")
        }
      }
    }.sorted()
  }

  private func options(_ kind: RowKind, _ roles: [ColumnRole: ColumnReference] = [:]) -> LoadOptions {
    LoadOptions(kind, roles: roles, maxBadShare: 1)
  }

  @Test func customersHaveNeitherTimesNorEvents() throws {
    let text = "name,ID,signed,vip\nAnn,u1,2025-01-01,true\nBob,,2025-01-02,false\nCy,u0,,\n"
    let loaded = try loaded(text, options(.customers))
    #expect(lines(loaded) == ["u0 0 - name=Cy", "u1 0 - name=Ann signed=2025-01-01T00:00:00Z vip=true"])
    #expect(loaded.summary.firstBadRows.map { "\($0.line) \($0.reason)" } == ["3 no customer"])
  }

  @Test func scoresAreWholeAndOfTheirScale() throws {
    let text =
      "user,date,rating,text\nu1,2025-01-01,0,a\n,2025-01-02,10,b\nu2,2025-01-03,11,c\nu2,2025-01-03,2.5,\nu2,2025-01-03,,\nu2,x,3,\nu2,2025-01-04,-1,\n"
    let all = try loaded(text, options(.survey))
    #expect(
      lines(all) == [
        "- 1735776000000000 10 text=b", "u1 1735689600000000 0 text=a",
      ])
    #expect(
      all.summary.firstBadRows.map(\.reason) == [
        "'11' is no score of 0 to 10", "'2.5' is no score of 0 to 10", "no score", "'x' is no time",
        "'-1' is no score of 0 to 10",
      ])
    var csat = options(.survey)
    csat.scores = 1...5
    #expect(
      try loaded(text + "u3,2025-01-05,5,\n", csat).summary.firstBadRows.first?.reason == "'0' is no score of 1 to 5")
  }

  @Test func costsNeedAChannelAndANumber() throws {
    let text =
      "source,spend,start,end\ntv,10.5,2025-01-01,2025-01-31\n,3,2025-01-01,2025-01-31\ntv,x,2025-01-01,2025-01-31\n"
    let loaded = try loaded(text, options(.spend))
    #expect(lines(loaded) == ["tv 1735689600000000 10.5 end=2025-01-31T00:00:00Z"])
    #expect(loaded.summary.firstBadRows.map(\.reason) == ["no channel", "'x' is no cost"])
    #expect(loaded.summary.roles.map(\.role) == [.channel, .cost, .from, .to])
  }

  /// Of nobody, as text whatever they look like; what lacks one is there, too.
  @Test func idsArePairs() throws {
    let loaded = try loaded("cookie_id,user_id\nc2,u1\n007,1e3\n,u2\nc3,\n2025-01-01,12.0\n", options(.identities))
    #expect(
      lines(loaded) == [
        "- 0 - cookie_id=007 user_id=1e3", "- 0 - cookie_id=2025-01-01 user_id=12.0", "- 0 - cookie_id=c2 user_id=u1",
        "- 0 - cookie_id=c3", "- 0 - user_id=u2",
      ])
  }

  @Test(arguments: [
    (
      RowKind.customers, "a,b\n1,2\n", "no column looks like the customer among a, b",
      "load customers \"events.csv\" customer a"
    ),
    (
      .survey, "user,score\n1,2\n", "no column looks like the time among user, score",
      "load survey \"events.csv\" time user score score"
    ),
    (
      .spend, "channel,x\ntv,2\n", "no column looks like the cost among channel, x",
      "load spend \"events.csv\" channel channel cost x"
    ),
  ])
  func aRoleThatIsMissing(kind: RowKind, text: String, message: String, hint: String) throws {
    let error = try failure(text, LoadOptions(kind))
    #expect(error.message == message && error.hint == hint && error.code == .loadRoleMissing)
  }

  /// JSON of the same values gives the same rows, by whichever way it is read.
  @Test func jsonIsTheSame() throws {
    let rows = (0..<3_000).map { index in (index, index % 11, index % 7 == 0 ? "" : "u\(index % 50)") }
    let csv =
      "customer,time,score,comment\n"
      + rows.map { "\($0.2),2025-01-01T00:00:\(String(format: $0.0 % 60))Z,\($0.1),c\($0.0 % 5)" }.joined(
        separator: "\n")
    let json = rows.map { index, score, customer in
      "{\(customer.isEmpty ? "" : "\"customer\":\"\(customer)\",")\"time\":\"2025-01-01T00:00:\(String(format: index % 60))Z\",\"score\":\(score),\"comment\":\"c\(index % 5)\"}"
    }.joined(separator: "\n")
    #expect(try lines(loaded(csv, options(.survey))) == lines(loaded(json, options(.survey))))
    #expect(try lines(loaded(csv, options(.survey))).count == 3_000)
  }
}

extension String {
  /// Two digits.
  fileprivate init(format number: Int) { self = number < 10 ? "0\(number)" : "\(number)" }
}
