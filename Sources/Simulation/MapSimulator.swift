import EventStore
import Synchronization

/// Customers who go through a map as `MapStory` has it, the same ones for a seed: of more customers the first are those of fewer.
package struct MapSimulator: Sendable {
  private let story: MapStory
  private let seed: UInt64
  /// Customers that are made at once; any number makes the same events.
  private static let portion = 20_000

  package init(_ story: MapStory, seed: UInt64) {
    (self.story, self.seed) = (story, seed)
  }

  /// Everything that so many customers did.
  ///
  /// - Parameters:
  ///   - spill: where rows go that are too many for the memory.
  ///   - progress: called with the share of customers made, from any thread.
  ///   - isCancelled: asked now and then; what is given back is of no use once it is true.
  package func events(
    of customers: Int, spill: RowSpill? = nil, progress: @escaping @Sendable (Double) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) -> EventStoreBuilder {
    let whole = Atomic(0)
    // Portions of a wave are made side by side, and taken in their order.
    let wave = Self.portion * 8
    var all = builder(customers, spill)
    for start in stride(from: 0, to: customers, by: wave) where !isCancelled() {
      let end = min(customers, start + wave)
      let made = concurrentMap(count: (end - start + Self.portion - 1) / Self.portion) { index in
        let first = start + index * Self.portion
        let numbers = first..<min(end, first + Self.portion)
        let built = build(numbers, of: customers, spill, isCancelled)
        progress(Double(whole.wrappingAdd(numbers.count, ordering: .relaxed).newValue) / Double(customers))
        return built
      }
      for portion in made { all.absorb(portion) }
    }
    return all
  }

  private func builder(_ customers: Int, _ spill: RowSpill?) -> EventStoreBuilder {
    var builder = EventStoreBuilder(expectedEvents: customers &* 6, spill: spill)
    for property in story.properties { _ = builder.addProperty(property.name, declared: property.kind) }
    return builder
  }

  private func build(
    _ numbers: Range<Int>, of customers: Int, _ spill: RowSpill?, _ isCancelled: () -> Bool
  ) -> EventStoreBuilder {
    var builder = builder(customers, spill)
    let places = Dictionary(uniqueKeysWithValues: story.properties.enumerated().map { ($1.name, $0) })
    func set(_ name: String, _ value: PropertyValue) {
      if let place = places[name] { builder.set(place, to: value) }
    }
    for number in numbers {
      if number & 0xFF == 0, isCancelled() { break }
      var traveller = Traveller(story, Chance(seed: seed &* 0x9E37_79B9 &+ UInt64(number) &* 0x2545_F491))
      traveller.live()
      let id = Array("c\(number + 1)".utf8)
      for act in traveller.acts {
        builder.append(customer: id.span, event: Array(act.event.name.utf8).span, instant: act.second * 1_000_000)
        if let persona = traveller.persona { set(MapStory.personaProperty, .text(persona)) }
        if let channel = act.channel { set(MapStory.channelProperty, .text(channel)) }
        for (name, value) in act.event.properties { set(name, value) }
      }
    }
    builder.seal()
    return builder
  }
}

/// One customer on the way.
private struct Traveller {
  struct Act {
    /// Since 1970.
    var second: Int64
    var event: MapStory.Happening
    var channel: String?
  }

  let story: MapStory
  let persona: String?
  private(set) var acts: [Act] = []
  private var chance: Chance
  private var now: Int64
  private let end: Int64

  init(_ story: MapStory, _ chance: Chance) {
    var chance = chance
    self.story = story
    persona = chance.pick(story.personas.map { ($0, weight: 1) })
    let start = Int64(MapStory.firstDay.daysSince1970) * 86_400
    end = start + Int64(MapStory.days) * 86_400
    now = start + Int64(chance.number(in: 0...MapStory.days - 1)) * 86_400
    now += Int64(chance.number(in: 7 * 3_600...22 * 3_600))
    self.chance = chance
  }

  mutating func live() {
    let last = story.stages.count - 1
    var stage = last > 0 && chance.happens(MapStory.laterStart) ? 1 : 0
    var returns = 0
    while now < end {
      let emotion = visit(story.stages[stage])
      if stage < last, chance.happens(MapStory.goingOn + MapStory.goingOnStep * emotion) {
        stage += stage + 1 < last && chance.happens(MapStory.skipping) ? 2 : 1
      } else if stage < last, stage > 0, returns < MapStory.mostReturns, chance.happens(MapStory.returning) {
        (stage, returns) = (stage - 1, returns + 1)
      } else {
        return
      }
      if !acts.isEmpty { now += chance.wait(mean: MapStory.betweenStages) }
    }
  }

  /// The mean emotion of what was met; 0 where nothing is there for this persona.
  private mutating func visit(_ stage: [MapStory.Place]) -> Double {
    let open = stage.filter { place in persona.map { place.personas.isEmpty || place.personas.contains($0) } ?? true }
    func share(_ place: MapStory.Place) -> Double { MapStory.visiting + MapStory.visitingStep * Double(place.emotion) }
    var met: [MapStory.Place] = []
    for place in open where chance.happens(share(place)) { met.append(place) }
    if met.isEmpty, let place = chance.pick(open.map { ($0, weight: share($0)) }) { met = [place] }
    for place in met { act(at: place) }
    return met.isEmpty ? 0 : Double(met.reduce(0) { $0 + $1.emotion }) / Double(met.count)
  }

  private mutating func act(at place: MapStory.Place) {
    let channel = chance.pick(place.channels.map { ($0, weight: 1) })
    if !acts.isEmpty { now += chance.wait(mean: MapStory.pace(of: channel)) }
    guard now < end, let event = chance.pick(place.events.map { ($0, weight: 1) }) else { return }
    acts.append(Act(second: now, event: event, channel: channel))
  }
}
