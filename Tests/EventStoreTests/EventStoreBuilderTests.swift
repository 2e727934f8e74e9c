import JourneyTime
import TestSupport
import Testing

@testable import EventStore

@Suite struct EventStoreBuilderTests {
  /// A store of one customer whose only property has these written values, one event each.
  private func store(_ values: [String], zone: Zone = .utc) -> EventStore {
    var builder = EventStoreBuilder(zone: zone)
    let property = builder.addProperty("p")
    for (row, value) in values.enumerated() {
      builder.append(customer: Array("u".utf8).span, event: Array("e".utf8).span, instant: Int64(row))
      builder.set(property, to: Array(value.utf8).span)
    }
    return builder.finish()
  }

  private func values(_ store: EventStore) -> [PropertyValue?] {
    (0..<store.eventCount).map { store.buckets[0].value(of: 0, at: $0, in: store.schema) }
  }

  @Test(arguments: [
    "0", "1", "-1", "12", "0.5", ".5", "-.25", "1e3", "1.5E-7", "-0.0", "9007199254740992", "0.1",
    "123456789.123456789",
    "1.7976931348623157e308", "4.9e-324", "0.30000000000000004", "1234567890123456.5", "0.000000000000000000000000123",
  ])
  func numbers(text: String) throws {
    let number = try #require(Double(text.hasPrefix(".") ? "0" + text : text.replacing("-.", with: "-0.")))
    #expect(values(store([text])) == [.number(number)])
  }

  @Test(arguments: [
    "007", "+1", "1.", ".", "-", "1e", "1e999", "9007199254740993", "99999999999999999999999", "0x10", "1 000", "1,5",
    "nan",
    "inf", "--1", "1e5e5", "01.5", "-01",
  ])
  func textThatLooksLikeANumber(text: String) {
    #expect(values(store(["1", text])) == [.text("1"), .text(text)])
  }

  @Test func truths() {
    #expect(values(store(["true", "FALSE", "", "True"])) == [.truth(true), .truth(false), nil, .truth(true)])
    #expect(values(store(["0", "1"])) == [.number(0), .number(1)])
    #expect(values(store(["true", "0"])) == [.text("true"), .text("0")])
    #expect(values(store(["yes", "no"])) == [.text("yes"), .text("no")])
  }

  @Test func times() throws {
    #expect(values(store(["1970-01-02", "1970-01-01T00:00:01Z"])) == [.time(86_400_000_000), .time(1_000_000)])
    let oslo = try #require(Zone("Europe/Oslo"))
    #expect(values(store(["1970-01-01 01:00"], zone: oslo)) == [.time(0)])
    #expect(values(store(["1970-01-02", "1970-02-30"])) == [.text("1970-01-02"), .text("1970-02-30")])
  }

  @Test func nothingIsText() {
    #expect(store(["", ""]).schema.properties == [Property(name: "p", kind: .text)])
  }

  @Test func lateAndRepeatedValues() {
    var builder = EventStoreBuilder()
    func append(_ instant: Int64) {
      builder.append(customer: Array("u".utf8).span, event: Array("e".utf8).span, instant: instant)
    }
    append(0)
    append(1)
    let late = builder.addProperty("late")
    append(2)
    builder.set(late, to: Array("7".utf8).span)
    builder.set(late, to: Array("8".utf8).span)
    append(3)
    #expect(values(builder.finish()) == [nil, nil, .number(8), nil])
  }

  /// Builders of parts, joined, give the store of the whole.
  @Test(arguments: 0..<20) func partsJoin(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let rows = (0..<50).map { _ in
      (
        customer: "u\(Int.random(in: 0..<5, using: &random))", event: "e\(Int.random(in: 0..<4, using: &random))",
        value: ["", "1", "2", "x", "true"][Int.random(in: 0..<(seed % 2 == 0 ? 3 : 5), using: &random)],
        order: Int.random(in: 0..<3, using: &random) == 0 ? 1.0 : .nan
      )
    }
    func builder(_ range: Range<Int>) -> EventStoreBuilder {
      var builder = EventStoreBuilder()
      let property = builder.addProperty("p")
      for row in rows[range] {
        builder.append(
          customer: Array(row.customer.utf8).span, event: Array(row.event.utf8).span, instant: 0, order: row.order)
        builder.set(property, to: Array(row.value.utf8).span)
      }
      return builder
    }
    var joined = builder(0..<0)
    for part in [0..<7, 7..<7, 7..<30, 30..<50] { joined.absorb(builder(part)) }
    let (one, other) = (joined.finish(), builder(0..<50).finish())
    #expect(one.schema == other.schema)
    #expect(one.readRows == other.readRows)
  }

  @Test func manyDistinctValues() {
    let texts = (0..<20_000).map { "value \($0 * 7_919)" }
    var dictionary = ByteDictionary()
    #expect(texts.map { dictionary.code(of: $0) } == Array(0..<20_000))
    #expect(texts.reversed().map { dictionary.code(of: $0) } == (0..<20_000).reversed())
    #expect(dictionary.texts == texts)
  }

  @Test func customersSpreadEvenly() {
    let rows = (0..<4_096).map { EventRow(customer: "customer-\($0)", instant: 0, name: "e") }
    let sizes = EventStore(rows: rows, buckets: 16).buckets.map(\.customerCount)
    #expect(sizes.allSatisfy { (190...320).contains($0) })
  }
}
