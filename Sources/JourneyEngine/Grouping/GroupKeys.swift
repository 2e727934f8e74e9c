/// Numbers for the combinations of breakdown values met so far, 0 and up in the order they were met.
///
/// A combination is a path in a tree of values, a level for each key, so that adding one costs a look-up per value and no
/// array. Values are numbers as `ValueKeys` gives them; 0 is missing.
struct GroupKeys: Sendable {
  /// The cells of a level are (number of the path before, value).
  private var levels: [CellPlaces]

  /// `widths` gives for each key how many values are small numbers, from 0; 0 if they are not.
  init(widths: [Int] = []) {
    levels = widths.map(CellPlaces.init(width:))
  }

  /// Whether there are no keys, so that all is one.
  var isOfOne: Bool { levels.isEmpty }
  var count: Int { levels.last?.count ?? 0 }

  /// The number of the path that goes on with `value` on `level` behind a path of the level before (0 on the first).
  @inline(__always)
  mutating func node(_ value: Int, behind parent: Int, on level: Int) -> Int {
    levels[level].place(parent, value)
  }

  /// Adds all of `other`, which has the same keys or is the first to have any; returns the number here of each
  /// combination there.
  mutating func absorb(_ other: GroupKeys) -> [Int] {
    if levels.isEmpty {
      self = other
      return Array(0..<count)
    }
    var parents = [0]
    for (level, places) in other.levels.enumerated() {
      parents = levels[level].absorb(places) { parents[$0] }
    }
    return other.levels.isEmpty ? [] : parents
  }

  /// The values of a combination, first to last; 0 is missing.
  func values(of node: Int) -> [Int] {
    var (values, node): ([Int], Int) = ([], node)
    for places in levels.reversed() {
      let cell = places.cells[node]
      values.append(cell.second)
      node = cell.first
    }
    return values.reversed()
  }
}
