import JourneyQuery

/// The groups of an answer in the order to show: the largest first, equal sizes by value (UTF-8 bytes, missing last),
/// at most `top`, in the order of the calendar where that is asked; the rest as `(other)`; `(none)`, the group without any
/// value, last.
struct GroupOrder: Sendable {
  private(set) var groups: [GroupKey] = []
  /// Index in `groups` of each combination; −1 for those that are no group.
  private(set) var place: [Int]
  /// Whether some groups are in `(other)`. What customers are counted by cannot be added up over these: they are read again
  /// as one.
  var hasOther: Bool { groups.contains(.other) }

  /// `sizes` gives the size of each combination, nil for those that are no group.
  init<Size: Comparable>(_ keys: [[String?]], sizes: [Size?], _ breakdown: Breakdown) {
    place = Array(repeating: -1, count: keys.count)
    let named = sizes.indices.compactMap { number in
      sizes[number].map { (number: number, size: $0, key: keys[number]) }
    }
    let ordered = named.filter { $0.key.contains { $0 != nil } }.sorted { left, right in
      left.size != right.size ? left.size > right.size : Self.precedes(left.key, right.key)
    }
    var own = ordered.prefix(breakdown.top)
    if breakdown.isByCalendar {
      own.sort { Self.calendarOrder($0.key).lexicographicallyPrecedes(Self.calendarOrder($1.key), by: <) }
    }
    for group in own {
      place[group.number] = groups.count
      groups.append(.values(group.key))
    }
    let rest = ordered.dropFirst(breakdown.top)
    for group in rest { place[group.number] = groups.count }
    if !rest.isEmpty { groups.append(.other) }
    for missing in named where missing.key.allSatisfy({ $0 == nil }) {
      groups.append(.values(missing.key))
      place[missing.number] = groups.count - 1
    }
  }

  /// Of combinations that are counted: what is left at 0 is no group. Nil without a breakdown.
  init?(_ keys: [[String?]], by breakdown: Breakdown?, count: (inout [Int]) -> Void) {
    guard let breakdown, !breakdown.keys.isEmpty else { return nil }
    var sizes = [Int](repeating: 0, count: keys.count)
    count(&sizes)
    self.init(keys, sizes: sizes.map { $0 > 0 ? $0 : nil }, breakdown)
  }

  /// What is missing comes first.
  private static func calendarOrder(_ key: [String?]) -> [(Int, String)] {
    key.map { text in text.map { (Builtin.placeInCalendar($0), $0) } ?? (-1, "") }
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

extension Builtin {
  /// Days of the week from Monday, hours by number; of dates, which sort as they are written, all the same.
  static func placeInCalendar(_ text: String) -> Int { weekdays.firstIndex(of: text) ?? Int(text) ?? 0 }
}
