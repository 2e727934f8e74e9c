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

  /// Splits the longest columns until there are `count`.
  private static func spread(_ columns: [Range<Int>], over count: Int) -> [Range<Int>] {
    var columns = columns
    while columns.count < count, let index = columns.indices.max(by: { columns[$0].count < columns[$1].count }),
      columns[index].count > 1
    {
      let column = columns[index]
      let middle = column.lowerBound + (column.count + 1) / 2
      columns.replaceSubrange(index...index, with: [column.lowerBound..<middle, middle..<column.upperBound])
    }
    return columns
  }
}
