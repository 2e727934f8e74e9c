import JourneyQuery

/// A share drawn as a bar of a fixed number of columns, in eighths of a column where the style has block characters.
struct Bar: Sendable {
  /// Of the whole bar, 0…1; held at the ends.
  let share: Double
  /// The share that the bar before it reached: what lies between is drawn as lost. Nil or less than `share` draws no loss.
  let before: Double?

  /// A bar per share of a column, nil for other cells. With loss the whole is 1, and what is lost is held against the nearest row
  /// above that reached as far; without, the largest share of the column is drawn in full.
  static func column(_ cells: [Cell], showsLoss: Bool) -> [Bar?] {
    var above: [Double] = []
    let largest = cells.reduce(showsLoss ? 1.0 : 0.0) { largest, cell in
      guard let share = cell.share, share.isFinite else { return largest }
      return max(largest, share)
    }
    return cells.map { cell in
      guard let share = cell.share, share.isFinite else { return nil }
      while let last = above.last, last < share { above.removeLast() }
      let before = showsLoss ? above.last : nil
      above.append(share)
      return Bar(share: largest > 0 ? share / largest : 0, before: before)
    }
  }

  func line(columns: Int, style: RenderingContext.Style) -> StyledLine {
    let glyphs = Glyphs.of(style)
    let eighths = style == .ascii ? 1 : 8
    let filled = Self.units(share, columns * eighths)
    let reached = before.map { Self.units($0, columns) } ?? 0
    var line = StyledLine()
    line.append(String(repeating: glyphs.barFull, count: filled / eighths), .bar)
    if filled % eighths > 0 { line.append(Self.partial[filled % eighths], .bar) }
    line.append(String(repeating: glyphs.barLoss, count: max(0, reached - line.width)), .dim)
    line.pad(to: columns)
    return line
  }

  private static let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// Rounded, but something is never drawn as nothing, and less than all never as all.
  private static func units(_ share: Double, _ whole: Int) -> Int {
    guard share > 0, whole > 0 else { return 0 }
    guard share < 1 else { return whole }
    return min(max(1, Int((share * Double(whole)).rounded())), max(1, whole - 1))
  }
}
