/// Parts a run of cells into columns, read down and then to the right.
enum ColumnFlow {
  /// Ranges of `heights`, one per column, in order and none empty unless there are fewer cells than columns; the tallest column is as
  /// short as it can be, up to a unit.
  static func columns(of heights: [Double], gap: Double, count: Int) -> [Range<Int>] {
    guard heights.count > count else { return heights.indices.map { $0..<$0 + 1 } }
    var low = heights.max() ?? 0
    var high = heights.reduce(0) { $0 + $1 + gap }
    while high - low > 1 {
      let middle = (low + high) / 2
      if fill(heights, gap, limit: middle).count <= count { high = middle } else { low = middle }
    }
    return spread(fill(heights, gap, limit: high), over: count)
  }

  /// Columns no taller than `limit`, each as full as can be.
  private static func fill(_ heights: [Double], _ gap: Double, limit: Double) -> [Range<Int>] {
    var columns: [Range<Int>] = []
    var start = 0
    var height = 0.0
    for (index, cell) in heights.enumerated() {
      if index > start, height + gap + cell > limit {
        columns.append(start..<index)
        (start, height) = (index, cell)
      } else {
        height += (index > start ? gap : 0) + cell
      }
    }
    columns.append(start..<heights.count)
    return columns
  }

  /// Splits the longest columns until there are `count`, of equals the first.
  private static func spread(_ columns: [Range<Int>], over count: Int) -> [Range<Int>] {
    var missing = count - columns.count
    var bySize: [Int: [Range<Int>]] = Dictionary(grouping: columns, by: \.count)
    var size = columns.map(\.count).max() ?? 0
    while missing > 0, size > 1 {
      let longest = (bySize.removeValue(forKey: size) ?? []).sorted { $0.lowerBound < $1.lowerBound }
      // Halves are shorter than what they are halves of.
      for column in longest.prefix(missing) {
        let middle = column.lowerBound + (size + 1) / 2
        for half in [column.lowerBound..<middle, middle..<column.upperBound] {
          bySize[half.count, default: []].append(half)
        }
      }
      let whole = longest.dropFirst(missing)
      if !whole.isEmpty { bySize[size] = Array(whole) }
      missing -= longest.count - whole.count
      size -= 1
    }
    return bySize.values.joined().sorted { $0.lowerBound < $1.lowerBound }
  }
}

/// Where columns of equal width end that are filled one thing after the other, each at the end of the shortest, of equals the first. A
/// binary heap, O(log columns) for each thing.
struct ColumnEnds {
  private var heap: [(end: Double, column: Int)]

  init(count: Int, at top: Double) { heap = (0..<count).map { (top, $0) } }

  /// The shortest column and where it ends, which `height` is added to; nil without columns.
  mutating func take(_ height: Double) -> (column: Int, end: Double)? {
    guard let (end, column) = heap.first else { return nil }
    heap[0].end = end + height
    var place = 0
    while let least = [2 * place + 1, 2 * place + 2].filter({ $0 < heap.count }).min(by: { heap[$0] < heap[$1] }),
      heap[least] < heap[place]
    {
      heap.swapAt(least, place)
      place = least
    }
    return (column, end)
  }
}
