import EventStore
import JourneyQuery

/// The groups of an answer in the order to show: the largest first, equal sizes by value (UTF-8 bytes, missing last),
/// at most `top`, in the order of the calendar where that is asked; the rest as `(other)`; `(none)`, the group without any
/// value, last.
struct GroupOrder: Sendable {
  /// The combinations that are in groups.
  let keys: GroupKeys
  private(set) var groups: [GroupKey] = []
  /// Index in `groups` of each node; −1 for nodes that are no group.
  private(set) var place: [Int]
  /// Whether some groups are in `(other)`. What customers are counted by cannot be added up over these: they are read again
  /// as one.
  var hasOther: Bool { groups.contains(.other) }

  /// `sizes` gives the size of each node, nil for those that are no group.
  init<Size: Comparable>(_ keys: GroupKeys, sizes: [Size?], _ breakdown: Breakdown, in schema: StoreSchema) {
    self.keys = keys
    place = Array(repeating: -1, count: keys.count)
    let named = sizes.indices.compactMap { node in
      sizes[node].map { (node: node, size: $0, key: Self.texts(keys.values(of: node), breakdown, schema)) }
    }
    let ordered = named.filter { $0.key.contains { $0 != nil } }.sorted { left, right in
      left.size != right.size ? left.size > right.size : Self.precedes(left.key, right.key)
    }
    var own = ordered.prefix(breakdown.top)
    // The keys of a calendar are numbers in its order.
    if breakdown.isByCalendar {
      own.sort { keys.values(of: $0.node).lexicographicallyPrecedes(keys.values(of: $1.node)) }
    }
    for group in own {
      place[group.node] = groups.count
      groups.append(.values(group.key))
    }
    let rest = ordered.dropFirst(breakdown.top)
    for group in rest { place[group.node] = groups.count }
    if !rest.isEmpty { groups.append(.other) }
    for missing in named where missing.key.allSatisfy({ $0 == nil }) {
      groups.append(.values(missing.key))
      place[missing.node] = groups.count - 1
    }
  }

  private static func texts(_ values: [Int], _ breakdown: Breakdown, _ schema: StoreSchema) -> [String?] {
    zip(breakdown.keys, values).map { key, value in
      switch key {
      case .property(let name):
        ValueKeys(name, in: schema).value(of: UInt64(bitPattern: Int64(value)), in: schema)?.text
      case .people(let named): value == 0 ? nil : named[value - 1].name
      }
    }
  }

  private static func precedes(_ left: [String?], _ right: [String?]) -> Bool {
    for (one, other) in zip(left, right) {
      guard let one else {
        if other == nil { continue }
        return false
      }
      guard let other else { return true }
      let order = one.utf8Order(to: other)
      if order != 0 { return order < 0 }
    }
    return false
  }
}
