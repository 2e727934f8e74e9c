import EventStore
import JourneyQuery
import JourneyTime
import TestSupport

extension Naming {
  /// The name of an event by definition; nil if it is left out.
  func name(of row: EventRow) -> String? {
    rules.first { matches(Step(label: "", alternatives: $0.patterns), row) }?.name ?? (keepsOthers ? row.name : nil)
  }

  static func random(using random: inout SeededRandom) -> Naming {
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
    breakdown.key(of: row, in: whole)
  }
}
