import EventStore
import JourneyQuery
import JourneyTime

extension Naming {
  /// The name of an event by definition; nil if it is left out.
  func name(of row: EventRow) -> String? {
    rules.first { matches(Step(label: "", alternatives: $0.patterns), row) }?.name ?? (keepsOthers ? row.name : nil)
  }

  static func random(using random: inout SeededGenerator) -> Naming {
    if random.one(in: 3) { return Naming() }
    // Some names are those of events, some rules name nothing, and one event may fit several.
    let rules = ["one", "B", "two"].prefix(Int.random(in: 1...3, using: &random)).map { name in
      Rule(
        name: name,
        patterns: (0..<Int.random(in: 0...2, using: &random)).map { _ in
          EventPattern(
            event: random.one(in: 10) ? nil : random.pick(RandomJourneys.names + ["unknown"]),
            condition: random.one(in: 3) ? .random(depth: 1, using: &random) : nil)
        })
    }
    return Naming(.touchpoints, rules: rules, keepsOthers: !random.one(in: 4))
  }
}

/// One customer's events as a question about sequences sees them, named.
struct DefinedSequence {
  let customer: String
  /// The whole journey.
  let whole: [EventRow]
  let events: [(row: EventRow, name: String)]

  /// Of everyone asked.
  static func all(
    of rows: [EventRow], _ naming: Naming, filter: Condition?, people: People?, during: Range<Instant>?
  ) -> [DefinedSequence] {
    journeys(of: rows).filter { journey in people.map { truth(of: $0, on: journey.events) == true } ?? true }
      .map { journey in
        let kept = journey.events.filter { row in
          (filter.map { truth(of: $0, on: row) == true } ?? true)
            && (during?.contains(Instant(microseconds: row.instant)) ?? true)
        }
        return DefinedSequence(
          customer: journey.customer, whole: journey.events,
          events: kept.compactMap { row in naming.name(of: row).map { (row, $0) } })
      }
  }

  /// The breakdown values of one of the events.
  func key(_ breakdown: Breakdown, at row: EventRow) -> [String?] {
    breakdown.keys.map { key in
      switch key {
      case .property(let name): row.value(of: name)?.text
      case .people(let named): named.first { truth(of: $0.people, on: whole) == true }?.name
      }
    }
  }
}

/// `items` by group in the order to show: the largest `size` first, equal ones by value, `top`, then `(other)`, then `(none)`.
func groups<Item>(
  _ items: [(key: [String?], item: Item)], _ breakdown: Breakdown, size: ([Item]) -> Int
) -> [(key: [String?], isOther: Bool, items: [Item])] {
  let keyed = Dictionary(grouping: items, by: \.key).mapValues { $0.map(\.item) }
  let named = keyed.filter { $0.key.contains { $0 != nil } }.sorted { left, right in
    let (one, other) = (size(left.value), size(right.value))
    return one != other ? one > other : precedes(left.key, right.key)
  }
  let none = breakdown.keys.map { _ in nil as String? }
  var groups = named.prefix(breakdown.top).map { (key: $0.key, isOther: false, items: $0.value) }
  let rest = named.dropFirst(breakdown.top).flatMap(\.value)
  if !rest.isEmpty { groups.append((none, true, rest)) }
  if let missing = keyed[none] { groups.append((none, false, missing)) }
  return groups
}

extension EventStore {
  static let cuts = [(buckets: 1, threads: 1), (buckets: 4, threads: 2)]
}
