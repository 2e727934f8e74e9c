import JourneyModel
import JourneyQuery
import TestSupport

@testable import Rendering

/// Random maps from a seed.
struct Chance: RandomNumberGenerator {
  private var random: SeededRandom

  init(_ seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func next() -> UInt64 { random.next() }

  var isHead: Bool { mutating get { Bool.random(using: &self) } }

  /// Up to nine stages with up to eleven touchpoints each, every kind of thing on them, names of every length and script.
  mutating func map() throws -> JourneyMap {
    var builder = PictureSamples.Builder("m", title: isHead ? name(1) : "")
    for index in 0..<Int.random(in: 0...4, using: &self) {
      _ = try builder.add(.persona, name(index), [.note: [.text(name(0))]])
      _ = try builder.add(.kpi, name(index), [.target: [.share(0.25)]])
    }
    var number = 10
    for _ in 0..<Int.random(in: 0...9, using: &self) {
      number += 1
      let stage = try builder.add(.stage, name(number))
      try addDetails(under: stage, to: &builder, &number)
      for _ in 0..<Int.random(in: 0...11, using: &self) {
        number += 1
        let channels = (0..<Int.random(in: 0...3, using: &self)).map { name($0) }
        let emotion = isHead ? Int.random(in: -2...2, using: &self) : nil
        let touchpoint = try builder.touchpoint(name(number), stage, channels, emotion, owner: isHead ? name(0) : "")
        try addDetails(under: touchpoint, to: &builder, &number)
        let personas = builder.map.all(.persona).map(\.name)
        if isHead, let persona = personas.randomElement(using: &self) {
          let value = AttributeValue.integer(Int.random(in: -2...2, using: &self))
          try builder.map.apply(builder.map.edit(setting: touchpoint, [], emotions: [(persona, [value])]))
        }
      }
    }
    return builder.map
  }

  private mutating func addDetails(
    under parent: ElementReference, to builder: inout PictureSamples.Builder, _ number: inout Int
  ) throws {
    let kinds: [ElementKind] = [.question, .need, .action, .motivation, .kpi, .goal, .pain, .opportunity, .win]
    for _ in 0..<Int.random(in: 0...2, using: &self) {
      number += 1
      let known = kinds + (parent.kind == .touchpoint ? [.quote, .backstage] : [])
      guard let kind = known.randomElement(using: &self) else { continue }
      let scale: [Attribute: [AttributeValue]] =
        kind == .pain ? [.severity: [.integer(Int.random(in: 1...5, using: &self))]] : [:]
      let added = try builder.add(kind, name(number), under: parent, scale)
      if kind == .pain, isHead {
        _ = try builder.add(.opportunity, name(number), under: added, [.impact: [.integer(3)]])
      }
    }
  }

  /// A name that no other number has.
  private mutating func name(_ number: Int) -> String {
    let pieces = [
      "shop ", "Überraschungspaket ", "a", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "待ち時間が長い、", "🎁", "👩‍👩‍👧‍👦",
      "e\u{301}",
      "Щедрость ", "iii ", "<&>\"'", "한국어 ", "مرحبا ", "— ", "x/y-z ", "mmmmm", "ไทย", "\u{7}",
    ]
    let count = Int.random(in: 1...(isHead ? 4 : 30), using: &self)
    return "\(number) " + (0..<count).map { _ in pieces.randomElement(using: &self) ?? "" }.joined() + "."
  }

  /// Anyhow, but that no more are anywhere than there are; some stages are not measured.
  mutating func reading(of map: JourneyMap) -> MapReading {
    let everyone = [0, 1, 7, 20_000, 987_654_321].randomElement(using: &self) ?? 0
    let metrics = MapMetrics(
      customers: everyone, onMap: Int.random(in: 0...everyone, using: &self),
      stages: map.all(.stage).compactMap { stage in
        if Int.random(in: 0..<8, using: &self) == 0 { return nil }
        let seen = Int.random(in: 0...everyone, using: &self)
        return MapMetrics.Stage(
          name: stage.name, seen: seen, joined: Int.random(in: 0...seen, using: &self),
          passed: Int.random(in: 0...everyone - seen, using: &self), left: Int.random(in: 0...seen, using: &self),
          medianToNext: Bool.random(using: &self) ? .seconds(Int64.random(in: 0...10_000_000, using: &self)) : nil)
      },
      touchpoints: map.all(.touchpoint).map { touchpoint in
        let seen = Int.random(in: 0...everyone, using: &self)
        return .init(name: touchpoint.name, seen: seen, wentOn: Int.random(in: 0...seen, using: &self))
      })
    return MapReading(metrics, of: Scope(), people: Bool.random(using: &self) ? "persona Newcomer" : nil)
  }
}
