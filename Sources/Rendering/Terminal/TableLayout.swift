import JourneyQuery
import SourceText

/// Which columns of a table are drawn, and how wide, so that a line takes at most the context's width.
///
/// When the width is short: bars shrink, headings wrap, long texts are elided, bars go, columns of the highest priority number go (the
/// rightmost first among equals, never the first column), texts and headings are elided further, and more columns go from the right.
/// Figures and instants are whole or not there.
struct TableLayout {
  static let gap = 2
  private static let barRange = 8...24
  private static let longHeading = 14
  private static let comfortableText = 24
  private static let leastText = 8
  private static let leastHeading = 12

  struct Column {
    let index: Int
    let heading: String
    /// Safe to show, parallel to the table's rows; so are the next three.
    var texts: [String]
    let isMissing: [Bool]
    let bars: [Bar?]
    /// Of cells that stand on a shaded ground.
    var shades: [Shade?] = []
    let isFigure: Bool
    let hasText: Bool
    let priority: Int
    /// Texts are wrapped, never cut.
    let isWhole: Bool
    /// Of the text.
    var width: Int
    /// 0 for none.
    var barWidth: Int
    var isFirst = false

    /// Widest cell; a text is held at the line's width.
    var cellWidth: Int
    /// Widest word of the heading.
    let headingWord: Int

    var wholeWidth: Int { width + (barWidth > 0 ? barWidth + 1 : 0) }
    /// A heading that is longer than a few words wraps even where there is room.
    var natural: Int { max(wrappedHeading, bars.isEmpty ? min(heading.displayWidth, TableLayout.longHeading) : 0) }
    var wrappedHeading: Int { max(cellWidth, headingWord) }
  }

  private(set) var columns: [Column]
  /// Names of columns that are not drawn, in table order.
  private(set) var hidden: [String] = []
  let ellipsis: String

  /// - Parameter room: columns of the screen that are left free.
  init(_ table: Table, in context: RenderingContext, sparing room: Int = 0) throws(ExecutionError) {
    ellipsis = context.glyphs.ellipsis
    let drawable = Self.drawable(table.columns, in: context.width)
    columns = try context.run.map(drawable) { (index) throws(ExecutionError) in
      try Column(table, index, in: context)
    }
    shade(table, drawable, in: context)
    var drawn = drawable
    while !fits(context.width - room), let victim = nextToGo {
      columns.remove(at: victim)
      drawn.remove(at: victim)
    }
    let isDrawn = Set(drawn)
    hidden = table.columns.indices.filter { !isDrawn.contains($0) }.map { table.columns[$0].name.withVisibleControls() }
    if !columns.isEmpty { columns[0].isFirst = true }
    for index in columns.indices { columns[index].elide(with: ellipsis) }
  }

  /// Shades cells against the largest of all columns that are shaded: a coloured ground, or a sign behind the figure.
  private mutating func shade(_ table: Table, _ drawable: [Int], in context: RenderingContext) {
    let shaded = drawable.filter { table.columns[$0].isShaded }
    let largest = table.rows.lazy.compactMap { row in shaded.compactMap { row.cell($0).height }.max() }.max() ?? 0
    for (index, place) in drawable.enumerated() {
      let isShaded = table.columns[place].isShaded
      columns[index].shades = table.rows.map { row in
        isShaded ? row.cell(place).height.map { Shade($0, of: largest) } : nil
      }
      guard isShaded, !context.hasGrounds else { continue }
      columns[index].texts = zip(columns[index].texts, columns[index].shades).map { text, shade in
        text + " " + (shade?.sign(context.style) ?? " ")
      }
      columns[index].cellWidth += 2
    }
  }

  /// Those that might be drawn beside each other, in table order: a column and the gap before it take some room. Of more than that the
  /// ones go that would go first.
  private static func drawable(_ columns: [Table.Column], in width: Int) -> [Int] {
    let most = max(1, width / (gap + 1) + 1)
    guard columns.count > most else { return Array(columns.indices) }
    let inOrder = columns.indices.dropFirst().sorted { (columns[$0].priority, $0) < (columns[$1].priority, $1) }
    return ([0] + inOrder.prefix(most - 1)).sorted()
  }

  /// The column of the highest priority number, the rightmost of these; nil when only the first is left.
  private var nextToGo: Int? {
    guard columns.count > 1 else { return nil }
    return columns.indices.dropFirst().max {
      (columns[$0].priority, $0) < (columns[$1].priority, $1)
    }
  }

  /// Sets the widths; false if the columns cannot be drawn readably in `width`. The last column left always is, cut if need be.
  private mutating func fits(_ width: Int) -> Bool {
    let room = width - Self.gap * max(0, columns.count - 1)
    let bars = columns.count { !$0.bars.isEmpty } * (Self.barRange.lowerBound + 1)
    if let widths = widths(for: room - bars, floors: comfortable) {
      set(widths, room: room, withBars: true)
      return true
    }
    // What stands in the dearest columns is cut only when all others are gone.
    let isDown = columns.allSatisfy { $0.priority == 0 }
    if let widths = widths(for: room, floors: comfortable) ?? (isDown ? widths(for: room, floors: least) : nil) {
      set(widths, room: room, withBars: false)
      return true
    }
    guard columns.count == 1 else { return false }
    columns[0].width = min(columns[0].natural, width)
    columns[0].barWidth = 0
    return true
  }

  /// The least width of each column while nothing but long texts is cut.
  private var comfortable: [Int] {
    columns.map { column in
      column.hasText
        ? min(column.wrappedHeading, max(Self.comfortableText, column.headingWord)) : column.wrappedHeading
    }
  }

  /// The least width of each column at all.
  private var least: [Int] {
    columns.map { column in
      column.hasText
        ? min(column.wrappedHeading, Self.leastText)
        : max(column.cellWidth, min(column.headingWord, Self.leastHeading))
    }
  }

  private func widths(for room: Int, floors: [Int]) -> [Int]? {
    let natural = columns.map(\.natural)
    return natural.reduce(0, +) <= room ? natural : Self.shrunk(natural, to: floors, room: room)
  }

  /// Takes from the column with the most to spare until the sum is `room`; nil if the floors do not allow it.
  private static func shrunk(_ widths: [Int], to floors: [Int], room: Int) -> [Int]? {
    guard floors.reduce(0, +) <= room else { return nil }
    var widths = zip(widths, floors).map { max($0, $1) }
    var excess = widths.reduce(0, +) - room
    while excess > 0 {
      guard let widest = widths.indices.max(by: { widths[$0] - floors[$0] < widths[$1] - floors[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private mutating func set(_ widths: [Int], room: Int, withBars: Bool) {
    var spare = room - widths.reduce(0, +)
    var barsLeft = withBars ? columns.count { !$0.bars.isEmpty } : 0
    for index in columns.indices {
      columns[index].width = widths[index]
      columns[index].barWidth = 0
      if withBars, !columns[index].bars.isEmpty, barsLeft > 0 {
        columns[index].barWidth = min(spare / barsLeft - 1, Self.barRange.upperBound)
        spare -= columns[index].barWidth + 1
        barsLeft -= 1
      }
    }
  }
}

extension TableLayout.Column {
  /// Cuts the texts to the width: at their ends, or, where texts that differ would be alike, in the middle or at their starts, whichever
  /// tells more of them apart.
  fileprivate mutating func elide(with ellipsis: String) {
    guard hasText, !isWhole, cellWidth > width else { return }
    let differing = Set(texts).count
    var best: (texts: [String], told: Int)?
    for share in [0, 2, 1] where (best?.told ?? 0) < differing {
      let cut = texts.map { $0.fitted(to: width, keepingEnd: share, ellipsis: ellipsis) }
      let told = Set(cut).count
      if told > best?.told ?? 0 { best = (cut, told) }
    }
    texts = best?.texts ?? texts
  }

  init(_ table: Table, _ index: Int, in context: RenderingContext) throws(ExecutionError) {
    let text = try ColumnText(table, column: index, in: context)
    let cells = table.rows.map { $0.cell(index) }
    let texts = try context.run.map(cells) { text.human($0).withVisibleControls() }
    let column = table.columns[index]
    self.index = index
    heading = column.name.withVisibleControls()
    self.texts = texts
    isMissing = cells.map { $0 == .missing || $0 == .unobserved }
    bars = column.isBar ? Bar.column(cells, showsLoss: column.showsLoss) : []
    isFigure = text.isFigure
    hasText = text.hasText
    priority = column.priority
    isWhole = column.isWhole
    let widest = texts.reduce(0) { max($0, min($1.displayWidth, context.width)) }
    cellWidth = max(1, widest)
    headingWord = heading.split(separator: " ").map(\.displayWidth).max() ?? 0
    width = cellWidth
    barWidth = 0
  }
}
