import JourneyQuery
import SourceText

/// Lines over time in braille dots, two by four to a character, with axes; each line's name stands at its end. In ASCII a sign of its
/// own for each line.
struct TrendDrawing {
  /// Lines that eyes can tell apart; the table has the others.
  static let mostLines = 5
  private static let plotRange = 20...100
  private static let longestName = 16

  private let trend: Trend
  private let context: RenderingContext
  private let lines: [Trend.Line]
  private let axis: ValueAxis
  private let plotWidth: Int
  private let nameWidth: Int

  /// nil where there is nothing to draw, or no room.
  init?(_ trend: Trend, in context: RenderingContext) {
    self.trend = trend
    self.context = context
    lines = Array(trend.linesWithBand.prefix(Self.mostLines))
    guard trend.labels.count > 1, let axis = ValueAxis(lines.flatMap(\.values), in: context) else {
      return nil
    }
    self.axis = axis
    nameWidth =
      lines.count > 1
      ? min(Self.longestName, lines.map { $0.name.withVisibleControls().displayWidth }.max() ?? 0) + 3 : 0
    plotWidth = min(context.width - axis.labelWidth - 2 - nameWidth, Self.plotRange.upperBound)
    guard plotWidth >= Self.plotRange.lowerBound else { return nil }
  }

  /// - Parameter isTitled: what is drawn has been said already.
  func text(isTitled: Bool) -> [StyledLine] {
    var title = StyledLine(isTitled ? "" : trend.title, .strong)
    let count = trend.linesWithBand.count
    if count > lines.count {
      title.append("\(isTitled ? "" : ", ")the first \(lines.count) of \(HumanText.integer(count))", .dim)
    }
    let canvas = canvas()
    let names = namesByRow()
    let plot = (0..<axis.rows).map { row -> StyledLine in
      var line = StyledLine()
      let label = axis.label(ofRow: row)
      line.append((label ?? "").padded(to: axis.labelWidth, right: true), .dim)
      line.append(label == nil ? signs.edge : signs.tick, .dim)
      for cell in canvas.cells(ofRow: row) { line.append(cell.text, cell.line.map { ink(ofLine: $0) } ?? .normal) }
      if let index = names[row] {
        line.append(" ")
        if isASCII { line.append(signs.marks[index], ink(ofLine: index)) }
        line.append(
          " " + lines[index].name.withVisibleControls().fitted(to: Self.longestName, ellipsis: context.glyphs.ellipsis),
          ink(ofLine: index))
      }
      return line
    }
    return (title.width > 0 ? title.sentences(width: context.width) : []) + plot + timeAxis
  }

  // MARK: Lines

  private func canvas() -> DotCanvas {
    var canvas = DotCanvas(columns: plotWidth, rows: axis.rows, marks: isASCII ? signs.marks : nil)
    // The first line is drawn last: it is the largest.
    for (index, line) in lines.enumerated().reversed() {
      var before: (x: Int, y: Int)?
      for (place, cell) in line.values.enumerated() {
        guard let value = cell.height else {
          before = nil
          continue
        }
        let point = (x: dot(ofPlace: place), y: axis.dot(of: value))
        let isDashed = line.isDashed || place >= trend.labels.count - trend.unfinished
        canvas.draw(from: before ?? point, to: point, line: index, isDashed: isDashed)
        before = point
      }
    }
    return canvas
  }

  private func dot(ofPlace place: Int) -> Int { place * (plotWidth * 2 - 1) / max(1, trend.labels.count - 1) }

  /// Index of the line whose name stands behind a row: where it ends, or as near to that as there is room.
  private func namesByRow() -> [Int: Int] {
    guard lines.count > 1 else { return [:] }
    var names: [Int: Int] = [:]
    for (index, line) in lines.enumerated() {
      guard let last = line.values.last(where: { $0.height != nil })?.height else { continue }
      let wanted = axis.dot(of: last) / 4
      let free = (0..<axis.rows).filter { names[$0] == nil }
      guard let row = free.min(by: { abs($0 - wanted) < abs($1 - wanted) }) else { continue }
      names[row] = index
    }
    return names
  }

  private func ink(ofLine index: Int) -> Ink { lines.count == 1 ? .bar : .series(index) }

  // MARK: Time

  /// The rule below the lines, and below that as many labels as have room.
  private var timeAxis: [StyledLine] {
    let width = trend.labels.map { $0.withVisibleControls().displayWidth }.max() ?? 1
    let columns = trend.labels.indices.map { dot(ofPlace: $0) / 2 }
    var rule = Array(repeating: signs.rule, count: plotWidth)
    var labels = String(repeating: " ", count: axis.labelWidth + 1)
    var used = 0
    for (index, column) in columns.enumerated() {
      let isLast = index == columns.count - 1
      let start = min(column, plotWidth - width)
      // What would stand in the last label's way gives way to it.
      guard start >= used, isLast || start + width + 2 <= plotWidth - width || columns.count == 1 else { continue }
      rule[min(column, plotWidth - 1)] = signs.tickBelow
      labels += String(repeating: " ", count: max(0, axis.labelWidth + 1 + start - labels.displayWidth))
      labels += trend.labels[index].withVisibleControls()
      used = start + width + 2
    }
    var line = StyledLine(axis.lowest.padded(to: axis.labelWidth, right: true), .dim)
    line.append(signs.corner + rule.joined(), .dim)
    return [line, StyledLine(labels, .dim)]
  }

  // MARK: Signs

  private var isASCII: Bool { context.style == .ascii }

  private var signs: Signs { isASCII ? .ascii : .unicode }

  private struct Signs {
    let edge, tick, corner, rule, tickBelow: String
    let marks: [String]

    static let unicode = Signs(edge: "│", tick: "┤", corner: "┼", rule: "─", tickBelow: "┬", marks: [])
    static let ascii = Signs(
      edge: "|", tick: "+", corner: "+", rule: "-", tickBelow: "+", marks: ["*", "o", "x", "@", "%"])
  }
}

extension Trend {
  /// A band by its two edges.
  fileprivate var linesWithBand: [Line] {
    let edges = band.map { [$0.highest, $0.lowest] } ?? []
    return lines + edges.map { Line(band?.name ?? "", $0, isDashed: true) }
  }
}

extension StyledLine {
  /// The line over as many as it takes, where it is too wide.
  fileprivate func sentences(width: Int) -> [StyledLine] {
    guard self.width > width else { return [self] }
    return .sentence(spans.map(\.text).joined(), .strong, width: width)
  }
}

extension Cell {
  /// How high a figure stands above 0, or how far below; nil for what is no figure.
  var height: Double? {
    amount.flatMap { $0.isFinite ? $0 : nil }
  }
}

/// Dots that lines are drawn with.
private struct DotCanvas {
  private let columns: Int
  private let marks: [String]?
  /// A bit per dot of a cell, and the line drawn there last.
  private var cells: [[(bits: UInt32, line: Int?)]]

  init(columns: Int, rows: Int, marks: [String]?) {
    self.columns = columns
    self.marks = marks
    cells = Array(repeating: Array(repeating: (0, nil), count: columns), count: rows)
  }

  /// By Bresenham's algorithm, ends included; dots are counted from the left and from the top. Of a dashed line every other pair of
  /// characters is left out.
  mutating func draw(from start: (x: Int, y: Int), to end: (x: Int, y: Int), line: Int, isDashed: Bool) {
    var (x, y) = start
    let (width, height) = (abs(end.x - x), abs(end.y - y))
    var error = width - height
    while true {
      if !isDashed || (x - start.x) / 2 % 2 == 0 { set(x, y, line) }
      if x == end.x, y == end.y { return }
      let doubled = 2 * error
      if doubled > -height {
        error -= height
        x += x < end.x ? 1 : -1
      }
      if doubled < width {
        error += width
        y += y < end.y ? 1 : -1
      }
    }
  }

  private mutating func set(_ x: Int, _ y: Int, _ line: Int) {
    let (column, row) = (x / 2, y / 4)
    guard cells.indices.contains(row), (0..<columns).contains(column) else { return }
    cells[row][column].bits |= 1 << Self.bits[y % 4][x % 2]
    cells[row][column].line = line
  }

  /// Of the dots of a braille character, by row and column; Unicode's order.
  private static let bits: [[UInt32]] = [[0, 3], [1, 4], [2, 5], [6, 7]]

  func cells(ofRow row: Int) -> [(text: String, line: Int?)] {
    cells[row].map { bits, line in
      guard bits != 0, let line else { return (" ", nil) }
      if let marks { return (marks[line % marks.count], line) }
      return (String(Character(Unicode.Scalar(0x2800 | bits) ?? " ")), line)
    }
  }
}
