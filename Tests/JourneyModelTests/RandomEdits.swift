import JourneyModel
import TestSupport

/// Random maps and edits that depend on nothing but the seed.
struct RandomEdits: RandomNumberGenerator {
  private var random: SeededRandom

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  mutating func next() -> UInt64 { random.next() }

  private mutating func pick<T>(_ choices: [T]) -> T { choices[Int(next() % UInt64(choices.count))] }

  /// Few names, so that they clash.
  mutating func name() -> String {
    pick([
      "Awareness", "Cart", "Thank-you email", "12", "true", " leading", "購入", "🛒", "a: b # c", "\"quoted\"",
      "two\nlines",
    ])
  }

  mutating func values(_ attribute: Attribute) -> [AttributeValue] {
    switch attribute.content {
    case .text: [.text(name())]
    case .names: next() % 2 == 0 ? [.text(name())] : [.text(name()), .text(name())]
    case .scale(let range): [.integer(pick(Array(range)))]
    case .figure:
      [
        pick([
          .number(12), .number(-0.5), .share(0.07), .duration(microseconds: 129_600_000_000), .atMost(.share(0.05)),
        ])
      ]
    case .date: [pick([.date("2025"), .date("2025-Q3"), .date("2025-07-01T10:30Z")])]
    }
  }

  private mutating func reference(_ map: JourneyMap) -> ElementReference {
    map.elements.isEmpty ? ElementReference(.stage, name()) : pick(map.elements).reference
  }

  private mutating func place(_ map: JourneyMap) -> MapPlace {
    var place = MapPlace()
    if next() % 3 != 0 {
      let parent = reference(map)
      place.parent = MapPlace.Node(next() % 2 == 0 ? parent.kind : nil, parent.name)
    }
    if next() % 3 == 0 {
      let sibling = reference(map)
      place.side = next() % 2 == 0 ? .after : .before
      place.sibling = MapPlace.Node(sibling.kind, sibling.name)
    }
    return place
  }

  /// An edit that some statement would make on `map`; throws as often as people err.
  mutating func edit(_ map: JourneyMap) throws(MapError) -> MapEdit {
    let attribute = pick(Attribute.allCases)
    switch next() % 12 {
    case 0...4:
      let kind = pick(ElementKind.allCases)
      let settings = next() % 2 == 0 ? [] : [(attribute, values(attribute))]
      return try map.edit(
        adding: kind, name(), at: place(map), settings: settings, meaning: kind.hasMeaning ? "count" : nil)
    case 5:
      let persona = map.all(.persona).isEmpty ? name() : pick(map.all(.persona)).name
      let emotions = next() % 2 == 0 ? [] : [(persona, next() % 4 == 0 ? [.text("")] : values(.emotion))]
      return try map.edit(setting: reference(map), [(attribute, values(attribute))], emotions: emotions)
    case 6: return try map.edit(renaming: reference(map), to: name())
    case 7: return try map.edit(moving: reference(map), to: place(map))
    case 8: return next() % 3 == 0 ? try map.edit(removing: reference(map)) : map.edit(retitling: name())
    case 9: return try map.edit(linking: reference(map).name, to: name())
    case 10: return try map.edit(unlinking: reference(map).name, from: name())
    default: return try map.edit(noting: name(), on: next() % 2 == 0 ? nil : reference(map))
    }
  }

  /// A map after about `steps` random edits.
  mutating func map(steps: Int) -> JourneyMap {
    var map = JourneyMap(name: "shop")
    for _ in 0..<steps {
      if let edit = try? edit(map) { try? map.apply(edit) }
    }
    return map
  }
}
