import EventStore
import JourneyModel
import Simulation
import Testing

@Suite struct MapSimulatorTests {
  /// Three stages; a touchpoint that feels good and one that feels bad in the second.
  private func story() throws -> MapStory {
    var map = JourneyMap(name: "fair")
    func add(
      _ kind: ElementKind, _ name: String, to stage: String? = nil, _ attributes: [Attribute: [AttributeValue]] = [:]
    ) throws {
      let place = stage.map { MapPlace(under: MapPlace.Node(.stage, $0)) } ?? MapPlace()
      map = try map.applying(
        map.edit(adding: kind, name, at: place, settings: attributes.map { (attribute: $0, values: $1) }))
    }
    for stage in ["Hear", "Come", "Buy"] { try add(.stage, stage) }
    try add(.touchpoint, "Poster", to: "Hear")
    try add(.touchpoint, "Good", to: "Come", [.emotion: [.integer(2)], .channel: [.text("web")]])
    try add(.touchpoint, "Bad", to: "Come", [.emotion: [.integer(-2)], .channel: [.text("store")]])
    try add(.touchpoint, "Secret", to: "Come", [.persona: [.text("Insider")]])
    try add(.touchpoint, "Till", to: "Buy")
    try add(.persona, "Insider")
    try add(.persona, "Outsider")
    return MapStory(map) { $0.name == "Till" ? [MapStory.Happening("paid", [("amount", .number(3))])] : [] }
  }

  private struct Event: Hashable {
    var customer: String
    var instant: Int64
    var name: String
    var persona: String?
    var channel: String?
  }

  private func events(_ customers: Int, seed: UInt64) throws -> [Event] {
    let store = MapSimulator(try story(), seed: seed).events(of: customers).finish()
    let names = store.schema.properties.map(\.name)
    return store.buckets.flatMap { bucket in
      bucket.customers.enumerated().flatMap { index, customer in
        (Int(bucket.offsets[index])..<Int(bucket.offsets[index + 1])).map { row in
          func text(_ name: String) -> String? {
            names.firstIndex(of: name).flatMap { bucket.value(of: $0, at: row, in: store.schema)?.text }
          }
          return Event(
            customer: customer, instant: bucket.instants[row], name: store.schema.events[bucket.events[row]],
            persona: text("persona"), channel: text("channel"))
        }
      }
    }
  }

  @Test func theSameSeedGivesTheSameEvents() throws {
    #expect(try events(200, seed: 3) == events(200, seed: 3))
    #expect(try events(200, seed: 3) != events(200, seed: 4))
  }

  /// Fewer customers are the first of more, over the borders of portions too.
  @Test func customersDoNotDependOnEachOther() throws {
    let few = Set(try events(100, seed: 3))
    let many = Set(try events(45_000, seed: 3))
    #expect(few.isSubset(of: many))
    #expect(Set(many.map(\.customer)).count == 45_000)
  }

  @Test func theMapIsKept() throws {
    let events = try events(4_000, seed: 1)
    let day: Int64 = 86_400_000_000
    #expect(events.allSatisfy { (20_094 * day..<(20_094 + 182) * day).contains($0.instant) })
    #expect(Set(events.map(\.name)) == ["Poster", "Good", "Bad", "Secret", "paid"])
    #expect(events.filter { $0.name == "Secret" }.allSatisfy { $0.persona == "Insider" })
    #expect(Set(events.filter { $0.name == "Good" }.map(\.channel)) == ["web"])
    #expect(events.filter { $0.name == "Poster" }.allSatisfy { $0.channel == nil })
    func customers(_ name: String) -> Int { Set(events.filter { $0.name == name }.map(\.customer)).count }
    // 70 and 30 of a hundred, and those to whom nothing else is left.
    #expect(Double(customers("Good")) > 1.8 * Double(customers("Bad")))
    #expect(customers("Poster") > customers("paid"))
  }

  /// Each customer's journey begins at the first or second stage, and some turn back.
  @Test func stagesFollowEachOther() throws {
    let stages = ["Poster": 0, "Good": 1, "Bad": 1, "Secret": 1, "paid": 2]
    let journeys = Dictionary(grouping: try events(4_000, seed: 1), by: \.customer).mapValues { events in
      events.sorted { $0.instant < $1.instant }.compactMap { stages[$0.name] }
    }
    #expect(journeys.values.allSatisfy { ($0.first ?? 9) < 2 })
    let second = journeys.values.count { $0.first == 1 }
    #expect((500...700).contains(second))
    #expect(journeys.values.contains { zip($0, $0.dropFirst()).contains { $0 > $1 } })
  }
}
