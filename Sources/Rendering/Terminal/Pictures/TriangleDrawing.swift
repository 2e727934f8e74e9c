import JourneyQuery
import SourceText

/// All shaded columns of a table, two columns of the screen each, for where the figures have no room: the shape of it.
struct TriangleDrawing {
  private static let cellWidth = 2
  private let table: Table
  private let shaded: [Int]
  private let context: RenderingContext

  /// nil where nothing is shaded, or nothing of it is among the `hidden` columns.
  init?(_ table: Table, hidden: [String], in context: RenderingContext) {
    self.table = table
    self.context = context
    shaded = table.columns.indices.filter { table.columns[$0].isShaded }
    guard let last = shaded.last, hidden.contains(table.columns[last].name) else { return nil }
  }

  var text: [StyledLine] {
    let firstShaded = shaded.first ?? 0
    let names = table.rows.map { row in
      row.prefix(firstShaded).filter { !$0.isFigure }.map { $0.text() }.joined(separator: " ").withVisibleControls()
    }
    let nameWidth = min(context.width / 3, max(4, names.map(\.displayWidth).max() ?? 0))
    let count = min(shaded.count, (context.width - nameWidth - 2) / Self.cellWidth)
    guard count > 0 else { return [] }
    let columns = Array(shaded.prefix(count))
    let largest = table.rows.flatMap { row in columns.compactMap { row.cell($0).height } }.max() ?? 0
    var head = StyledLine(String(repeating: " ", count: nameWidth + 2))
    // `week 5` stands above its column as 5.
    for place in stride(from: 0, to: count, by: 5) {
      head.pad(to: nameWidth + 2 + place * Self.cellWidth)
      head.append(String(table.columns[columns[place]].name.split(separator: " ").last ?? ""), .dim)
    }
    let limit = context.rowLimit ?? table.rows.count
    let lines = zip(table.rows, names).prefix(limit).map { row, name -> StyledLine in
      var line = StyledLine(name.fitted(to: nameWidth, ellipsis: context.glyphs.ellipsis).padded(to: nameWidth + 2))
      for column in columns { line.append(cell(row.cell(column), largest)) }
      return line
    }
    let cut = shaded.dropFirst(count).map { table.columns[$0].name.withVisibleControls() }
    let unseen = "no room for \(cut.listed(most: 3, ellipsis: context.glyphs.ellipsis))"
    return [StyledLine(), head] + lines + [key(largest)]
      + (cut.isEmpty ? [] : .sentence(unseen, .dim, width: context.width))
  }

  private func cell(_ cell: Cell, _ largest: Double) -> StyledLine {
    guard let share = cell.height else { return StyledLine(context.glyphs.dot.padded(to: Self.cellWidth), .dim) }
    let shade = Shade(share, of: largest)
    return context.hasGrounds
      ? StyledLine(String(repeating: " ", count: Self.cellWidth), shade.ink(in: context))
      : StyledLine(String(repeating: shade.sign(context.style), count: Self.cellWidth), .bar)
  }

  /// What the darkest and two lighter grounds mean.
  private func key(_ largest: Double) -> StyledLine {
    var line = StyledLine()
    for part in [1.0, 0.25, 0.06] {
      line.append(cell(.share(part * largest), largest))
      line.append(" \(HumanText.share(part * largest))   ", .dim)
    }
    line.append("\(context.glyphs.dot) not to be known yet", .dim)
    return line
  }
}

extension Cell {
  fileprivate var isFigure: Bool { height != nil }
}
