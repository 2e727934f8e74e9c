import SourceText

/// Ways that part from each other as ribbons, each as broad as customers took it, that leave the way they part from one below the other; the
/// same as `TreeDrawing` shows on a terminal.
struct TreePicture {
  private struct Row {
    let branch: Tree.Branch
    let depth: Int
    /// Index of the row it parts from.
    let parent: Int?
  }

  /// Branches beyond which the table tells as much.
  private static let mostRows = 60
  private static let nameStyle = TypeStyle.body
  private static let figureStyle = TypeStyle.quiet
  /// From the left end of a branch to that of those that part from it.
  private static let widestIndent = 40.0
  /// Beyond which names and figures stand too far from each other.
  private static let widest = 720.0
  /// Lines that a name may take.
  private static let mostLines = 12

  private let tree: Tree
  private let width: Double
  private let rows: [Row]
  private let hidden: Int
  private let indent: Double
  /// Units for a customer.
  private let scale: Double
  private let broadest: Double

  init(_ tree: Tree, width: Double) {
    (self.tree, self.width) = (tree, min(width, Self.widest))
    var rows: [Row] = []
    var count = 0
    func add(_ branch: Tree.Branch, _ depth: Int, under parent: Int?) {
      count += 1
      let index = rows.count
      if index < Self.mostRows { rows.append(Row(branch: branch, depth: depth, parent: parent)) }
      for inner in branch.branches { add(inner, depth + 1, under: index) }
    }
    for branch in tree.rooted { add(branch, 0, under: nil) }
    if tree.others > 0, !tree.isRooted { add(Tree.Branch([Mark.other], customers: tree.others), 0, under: nil) }
    self.rows = rows
    hidden = count - rows.count
    let deepest = rows.map(\.depth).max() ?? 0
    indent = min(Self.widestIndent, self.width * 0.4 / Double(deepest + 1))
    broadest = max(2, indent - 14)
    scale = broadest / Double(max(1, tree.customers))
  }

  var chart: Chart {
    var writer = ChartWriter()
    var y = 2.0
    var placed: [(middle: Double, lines: [String], top: Double)] = []
    for row in rows {
      let lines = ChartText.lines(
        row.branch.steps.joined(separator: arrow), Self.nameStyle, width: textWidth(of: row), atMost: Self.mostLines)
      let thickness = thickness(row)
      let text = Double(lines.count) * Self.nameStyle.leading + (isNarrow ? Self.figureStyle.leading : 0)
      placed.append((y + max(thickness / 2, Self.nameStyle.leading / 2) + 3, lines, y))
      y += max(text, thickness) + 10
    }
    drawRibbons(placed.map(\.middle), on: &writer)
    for (row, place) in zip(rows, placed) { draw(row, at: place.middle, place.lines, on: &writer) }
    return Chart(
      width: width, height: y, markup: writer.markup,
      title: tree.goesBack ? "paths, read back" : "paths and where they part",
      remarks: [
        "shares of \(AnswerNotes.count(tree.customers, "customer", "customers"))",
        hidden > 0 ? "not drawn: \(AnswerNotes.count(hidden, "more branch", "more branches"))" : nil,
      ])
  }

  private var isNarrow: Bool { width < 520 }
  private var arrow: String { tree.goesBack ? " ← " : " → " }

  private func x(_ row: Row) -> Double { Double(row.depth) * indent }
  private func thickness(_ row: Row) -> Double { min(broadest, max(1, Double(row.branch.customers) * scale)) }
  /// Of the name: behind all that parts from the branch.
  private func textX(_ row: Row) -> Double { x(row) + max(3, thickness(row)) + 8 }
  private func textWidth(of row: Row) -> Double { width - textX(row) - (isNarrow ? 0 : Self.figuresWidth) }
  /// Of customers and their share, at the right.
  private static let (figuresWidth, shareWidth) = (180.0, 72.0)

  // MARK: Ribbons

  /// From each branch those that part from it: the first from its right edge, so that none crosses another.
  private func drawRibbons(_ middles: [Double], on writer: inout ChartWriter) {
    var taken = [Double](repeating: 0, count: rows.count)
    for (index, row) in rows.enumerated().reversed() {
      guard let parent = row.parent else { continue }
      let thickness = thickness(row)
      let start = Point(
        x: x(rows[parent]) + min(taken[parent], max(0, self.thickness(rows[parent]) - thickness)) + thickness / 2,
        y: middles[parent] + self.thickness(rows[parent]) / 2)
      taken[parent] += thickness
      let end = Point(x: x(row), y: middles[index])
      let turn = min(max(0, end.x - start.x), thickness / 2 + 6, max(0, end.y - start.y))
      let path =
        "M\(SVGWriter.place(start)) L\(SVGWriter.place(Point(x: start.x, y: end.y - turn)))"
        + " Q\(SVGWriter.place(Point(x: start.x, y: end.y))) \(SVGWriter.place(Point(x: start.x + turn, y: end.y)))"
        + " L\(SVGWriter.place(end))"
      writer.stroke(path, .way, width: thickness, opacity: 0.5)
    }
  }

  private func draw(_ row: Row, at middle: Double, _ lines: [String], on writer: inout ChartWriter) {
    let thickness = thickness(row)
    let (customers, whole) = (row.branch.customers, max(1, tree.customers))
    let share = HumanText.share(Double(customers) / Double(whole))
    let name = ChartText.brief(row.branch.steps.joined(separator: arrow))
    writer.titled("\(name): \(AnswerNotes.count(customers, "customer", "customers")), \(share)") { writer in
      writer.box(
        Rect(x: x(row), y: middle - thickness / 2, width: max(3, thickness), height: thickness), .bar)
      var base = middle + 4.5
      for line in lines {
        writer.text(line, at: Point(x: textX(row), y: base), .ink, Self.nameStyle)
        base += Self.nameStyle.leading
      }
      let count = HumanText.integer(customers)
      func figure(_ text: String, atMost width: Double, at place: Point, _ ink: ChartInk, _ anchor: ChartWriter.Anchor)
      {
        let style = isNarrow ? Self.figureStyle : Self.nameStyle
        writer.text(ChartText.figure(text, style, width: width), at: place, ink, style, anchor: anchor)
      }
      if isNarrow {
        figure("\(count), \(share)", atMost: width - textX(row), at: Point(x: textX(row), y: base - 1), .soft, .start)
      } else {
        let room = Self.figuresWidth - Self.shareWidth - 8
        figure(count, atMost: room, at: Point(x: width - Self.shareWidth, y: middle + 4.5), .ink, .end)
        figure(share, atMost: Self.shareWidth - 8, at: Point(x: width, y: middle + 4.5), .soft, .end)
      }
    }
  }
}
