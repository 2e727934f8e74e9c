import EventStore
import JourneyQuery
import JourneyTime

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

/// A table of groups and calendar units by its definition: every item looked at by itself.
struct DefinedTable<Item> {
  /// With the event that says where each belongs, and that one's whole journey.
  let items: [(item: Item, event: EventRow, journey: [EventRow])]
  let breakdown: Breakdown?
  let unit: CalendarUnit?
  let zone: Zone
  let during: Range<Instant>?

  /// A row for each group and, within it, each unit.
  func rows<Row>(
    size: ([Item]) -> some Comparable, _ make: ([String?], _ isOther: Bool, _ period: String?, [Item]) -> Row
  ) -> [Row] {
    guard breakdown != nil || unit != nil else { return [] }
    let dated = items.map {
      (key: breakdown?.key(of: $0.event, in: $0.journey) ?? [], item: ($0.item, start(of: $0.event)))
    }
    let grouped =
      breakdown.map { groups(dated, $0) { size($0.map(\.0)) } } ?? [(key: [], isOther: false, items: dated.map(\.item))]
    return grouped.flatMap { group in
      periods.map { period in
        let inside = group.items.filter { period == nil || $0.1 == period }.map(\.0)
        return make(group.key, group.isOther, period.flatMap { unit?.label(of: $0, in: zone) }, inside)
      }
    }
  }

  private func start(of row: EventRow) -> Instant? { unit?.start(of: Instant(microseconds: row.instant), in: zone) }

  /// Starts of the units to show; one nil without a unit.
  private var periods: [Instant?] {
    guard let unit else { return [nil] }
    let starts = items.compactMap { start(of: $0.event) }
    let first = during.map { unit.start(of: $0.lowerBound, in: zone) } ?? starts.min()
    let end = during?.upperBound ?? starts.max().map { $0.advanced(by: Duration(microseconds: 1)) }
    guard var next = first, let end, during?.isEmpty != true else { return [] }
    var periods: [Instant?] = []
    while next < end {
      periods.append(next)
      next = unit.start(1, after: next, in: zone)
    }
    return periods
  }
}
