import EventStore
import JourneyQuery
import JourneyTime
import TestSupport

extension Breakdown {
  /// The values at one event of a journey; nil is missing.
  func key(of row: EventRow, in journey: [EventRow]) -> [String?] {
    keys.map { key in
      switch key {
      case .property(let name): row.value(of: name)?.text
      case .people(let named): named.first { truth(of: $0.people, on: journey) == true }?.name
      }
    }
  }
}

/// `items` by group in the order to show: the largest `size` first, equal ones by value, `top`, then `(other)`, then `(none)`.
func groups<Item>(
  _ items: [(key: [String?], item: Item)], _ breakdown: Breakdown, size: ([Item]) -> some Comparable
) -> [(key: GroupKey, items: [Item])] {
  let keyed = Dictionary(grouping: items, by: \.key).mapValues { $0.map(\.item) }
  let named = keyed.filter { $0.key.contains { $0 != nil } }.sorted { left, right in
    let (one, other) = (size(left.value), size(right.value))
    return one != other ? one > other : precedes(left.key, right.key)
  }
  let none = breakdown.keys.map { _ in nil as String? }
  let own = named.prefix(breakdown.top).sorted { left, right in
    breakdown.isByCalendar && inCalendar(left.key).lexicographicallyPrecedes(inCalendar(right.key))
  }
  var groups = own.map { (key: GroupKey.values($0.key), items: $0.value) }
  let rest = named.dropFirst(breakdown.top).flatMap(\.value)
  if !rest.isEmpty { groups.append((.other, rest)) }
  if let missing = keyed[none] { groups.append((.values(none), missing)) }
  return groups
}

/// Hours, weekdays and days as numbers in the order of the calendar.
private func inCalendar(_ key: [String?]) -> [Int] {
  key.map { value in
    let text = value ?? ""
    return Builtin.weekdays.firstIndex(of: text) ?? Int(text) ?? Int(text.replacing("-", with: "")) ?? 0
  }
}

/// Something that is counted: its breakdown values, and the instant that says in which calendar unit it lies.
struct Placed<Item> {
  var item: Item
  var key: [String?]
  var instant: Int64
}

/// A cut by its definition: every item looked at by itself.
struct DefinedCut<Item, Figures: Hashable & Sendable & Codable> {
  let scope: Scope
  let split: Split
  /// All events of the store, and how many people were asked.
  let rows: [EventRow]
  let people: Int
  /// The items of some dates.
  let items: (Range<Instant>?) -> [Placed<Item>]
  let figures: ([Item]) -> Figures

  func report(size: ([Item]) -> some Comparable) -> Cut<Figures> {
    let found = items(scope.during)
    var cut = Cut(figures(found.map(\.item)), basis: Basis(span: span(of: rows), people: people))
    let starts = periods(found)
    if let unit = split.per {
      cut.periods = starts.map { Period(start: $0, label: unit.label(of: $0, in: scope.zone)) }
      cut.total.periods = starts.map { figures(inside(found, $0)) }
    }
    if let breakdown = split.breakdown {
      cut.groups = groups(found.map { ($0.key, $0) }, breakdown, size: { size($0.map(\.item)) }).map { group in
        Slice(
          group.key, figures(group.items.map(\.item)), periods: starts.map { figures(inside(group.items, $0)) })
      }
    }
    cut.versus = split.versus.map { figures(items($0).map(\.item)) }
    return cut
  }

  private func inside(_ items: [Placed<Item>], _ period: Instant) -> [Item] {
    items.filter { start(of: $0) == period }.map(\.item)
  }

  private func start(of item: Placed<Item>) -> Instant? {
    split.per?.start(of: Instant(microseconds: item.instant), in: scope.zone)
  }

  /// Starts of the units to show.
  private func periods(_ items: [Placed<Item>]) -> [Instant] {
    guard let unit = split.per else { return [] }
    let starts = items.compactMap { start(of: $0) }
    let first = scope.during.map { unit.start(of: $0.lowerBound, in: scope.zone) } ?? starts.min()
    let end = scope.during?.upperBound ?? starts.max().map { $0.advanced(by: Duration(microseconds: 1)) }
    guard var next = first, let end, scope.during?.isEmpty != true else { return [] }
    var periods: [Instant] = []
    while next < end {
      periods.append(next)
      next = unit.start(1, after: next, in: scope.zone)
    }
    return periods
  }
}

/// First and last instant; nil of nothing.
func span(of rows: [EventRow]) -> ClosedRange<Instant>? {
  let instants = rows.map { Instant(microseconds: $0.instant) }
  return instants.min().flatMap { first in instants.max().map { first...$0 } }
}

/// The journeys of those whom `for` keeps.
func asked(_ scope: Scope, of rows: [EventRow]) -> [(customer: String, events: [EventRow])] {
  journeys(of: rows).filter { journey in scope.people.map { truth(of: $0, on: journey.events) == true } ?? true }
}

extension Scope {
  /// Whether `where` keeps an event.
  func keeps(_ row: EventRow) -> Bool { filter.map { truth(of: $0, on: row) == true } ?? true }

  static func random(using random: inout SeededRandom) -> Scope {
    var scope = Scope()
    if random.one(in: 3) { scope.filter = .random(depth: 1, using: &random) }
    if random.one(in: 3) { scope.people = .random(depth: 1, using: &random) }
    if random.one(in: 3) { scope.during = .random(using: &random) }
    return scope
  }
}

extension Split {
  static func random(using random: inout SeededRandom) -> Split {
    var split = Split()
    if random.one(in: 2) { split.breakdown = .random(steps: 1, using: &random) }
    if random.one(in: 3) { split.versus = .random(using: &random) }
    if random.one(in: 3) { split.per = random.pick([.hour, .day, .month]) }
    return split
  }
}

/// The events of some people that a question keeps, each by itself.
func placed(
  _ people: [(customer: String, events: [EventRow])], _ scope: Scope, _ breakdown: Breakdown?, during: Range<Instant>?,
  where isCounted: (EventRow) -> Bool
) -> [Placed<EventRow>] {
  people.flatMap { journey in
    journey.events.filter { row in
      isCounted(row) && scope.keeps(row) && (during?.contains(Instant(microseconds: row.instant)) ?? true)
    }.map { Placed(item: $0, key: breakdown?.key(of: $0, in: journey.events) ?? [], instant: $0.instant) }
  }
}
