import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

@Suite struct DescribeTests {
  private let rows =
    journey("A0(x) B1(y) A2") + journey("A5(y) B6(z)", of: "u2")
    + [
      EventRow(
        customer: "u3", instant: minute(9), name: "C",
        properties: [("amount", .number(2)), ("vip", .truth(true)), ("due", .time(0))]),
      EventRow(customer: "u3", instant: minute(9), name: "C", properties: [("amount", .number(-0.5))]),
    ]

  @Test(arguments: 0..<12) func `names, kinds, fill and the top values are told`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for engine in try engines(rows, parted: 1, using: &random) { try expectDescribed(engine) }
  }

  private func expectDescribed(_ engine: any Executor) throws {
    let found = try engine.describe(event: nil, Run())
    #expect(found.customers == 3 && found.events == 7)
    #expect(found.span == Instant(microseconds: 0)...Instant(microseconds: minute(9)))
    #expect(found.eventNames.map(\.name) == ["A", "B", "C"])
    #expect(found.eventNames.map(\.events) == [3, 2, 2])
    #expect(found.eventNames.map(\.customers) == [2, 2, 1])
    #expect(found.eventNames[1].first == Instant(microseconds: minute(1)))
    #expect(found.eventNames[1].last == Instant(microseconds: minute(6)))
    #expect(
      found.properties.sorted { $0.name < $1.name } == [
        .init(name: "amount", kind: "number", filled: 2, distinct: 2, top: [("-0.5", 1), ("2", 1)]),
        .init(name: "due", kind: "time", filled: 1, distinct: 1, top: [("1970-01-01T00:00:00Z", 1)]),
        .init(name: "item", kind: "text", filled: 4, distinct: 3, top: [("y", 2), ("x", 1), ("z", 1)]),
        .init(name: "vip", kind: "truth", filled: 1, distinct: 1, top: [("true", 1)]),
      ])
  }

  @Test func `one event name is described by itself, an unknown one is nothing`() throws {
    let engine = EmbeddedEngine(rows)
    let found = try engine.describe(event: "B", Run())
    #expect(found.customers == 2 && found.events == 2 && found.eventNames.map(\.name) == ["B"])
    #expect(found.span == Instant(microseconds: minute(1))...Instant(microseconds: minute(6)))
    #expect(found.properties.map(\.filled) == [2, 0, 0, 0])
    let nothing = try engine.describe(event: "b", Run())
    #expect(nothing.customers == 0 && nothing.events == 0 && nothing.span == nil && nothing.eventNames.isEmpty)
  }

  @Test func `at most five values are the top ones`() throws {
    let many = (0..<8).flatMap { number in
      (0...(number % 3)).map { journey("A\($0)(v\(number))", of: "u\(number)") }.joined()
    }
    let top = try EmbeddedEngine(many).describe(event: nil, Run()).properties[0].top
    #expect(top.map(\.value) == ["v2", "v5", "v1", "v4", "v7"])
    #expect(top.map(\.count) == [3, 3, 2, 2, 2])
  }

  @Test func `a journey is told in canonical order with what its events have`() throws {
    let engine = EmbeddedEngine(rows)
    let journey = try #require(try engine.journey(of: "u1", Run()))
    #expect(journey.events.map(\.name) == ["A", "B", "A"])
    #expect(journey.events[0].properties.map(\.name) == ["item"])
    #expect(journey.events[0].properties.map(\.value) == [.text("x")])
    #expect(journey.events[2].properties.isEmpty)
    let other = try #require(try engine.journey(of: "u3", Run()))
    #expect(
      other.events[0].properties.map(\.value) == [
        .number(2), .truth(true), .date(Instant(microseconds: 0)..<Instant(microseconds: 1)),
      ])
    #expect(try engine.journey(of: "nobody", Run()) == nil)
  }
}
