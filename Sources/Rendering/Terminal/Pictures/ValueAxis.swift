/// A vertical axis of a `RoundScale`: a few of its figures, as many rows apart.
struct ValueAxis {
  let labelWidth: Int
  /// Eight to ten.
  let rows: Int
  /// What stands at the lower end.
  let lowest: String
  private let scale: RoundScale
  /// By row from the top.
  private let labels: [Int: String]

  /// For the figures among the cells, all of one kind; nil where there are none.
  init?(_ cells: [Cell], in context: RenderingContext) {
    guard let scale = RoundScale(cells) else { return nil }
    self.scale = scale
    // So that figures are as many rows apart.
    rows = scale.count == 3 ? 9 : scale.count == 5 ? 10 : 8
    var labels: [Int: String] = [:]
    for index in stride(from: scale.count, to: 0, by: -1) {
      let row = rows - index * rows / scale.count
      if labels[row] == nil { labels[row] = scale.label(index, context.glyphs) }
    }
    self.labels = labels
    lowest = scale.label(0, context.glyphs)
    labelWidth = (labels.values + [lowest]).map(\.count).max() ?? 1
  }

  func label(ofRow row: Int) -> String? { labels[row] }

  /// Dots from the top, four a row; the lower end stands on the last, right above the axis of time.
  func dot(of value: Double) -> Int {
    let dots = rows * 4
    return min(dots - 1, dots - Int((scale.share(of: value) * Double(dots)).rounded()))
  }
}
