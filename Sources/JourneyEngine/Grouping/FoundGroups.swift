import EventStore
import JourneyQuery

/// The combinations of breakdown values that the parts of a reading found, each under one number.
///
/// What the parts counted is added up by these numbers; its size says which combinations are groups, and in which order.
struct FoundGroups: Sendable {
  private(set) var keys = GroupKeys()
  /// By part: the number of each of its own combinations. Without a breakdown all is one, 0 there and here.
  private(set) var numbers: [[Int]] = []

  /// The parts have the same keys.
  init(_ parts: [GroupKeys]) {
    for part in parts {
      let own = keys.absorb(part)
      numbers.append(part.isOfOne ? [0] : own)
    }
  }

  /// The groups to show; nil without a breakdown. `sizes` gives the size of each combination, nil for those that are no group.
  func order<Size: Comparable>(
    by breakdown: Breakdown?, in schema: StoreSchema, sizes: () -> [Size?]
  ) -> GroupOrder? {
    guard let breakdown, !breakdown.keys.isEmpty else { return nil }
    return GroupOrder(keys, sizes: sizes(), breakdown, in: schema)
  }

  /// The same of combinations that are counted: `count` adds to each, and what is left at 0 is no group.
  func order(by breakdown: Breakdown?, in schema: StoreSchema, count: (inout [Int]) -> Void) -> GroupOrder? {
    order(by: breakdown, in: schema) {
      var sizes = [Int](repeating: 0, count: keys.count)
      count(&sizes)
      return sizes.map { $0 > 0 ? $0 : nil }
    }
  }
}
