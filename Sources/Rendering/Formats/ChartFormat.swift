import JourneyQuery
import SourceText

/// A picture (SVG 1.1) of the tables, one below the other: a row a line, columns side by side, bars at the right of their figures with
/// what was lost in a pale hue. Self-contained; long texts are elided at 40 columns.
struct ChartFormat: AnswerFormat {
  static let endings = ["svg"]

  private static let size = 14.0
  private static let lineHeight = 30.0
  private static let margin = 32.0

  func text(of answer: Answer, in context: RenderingContext) throws(ExecutionError) -> String {
    let tables = answer.shown
    guard !tables.isEmpty else { return "" }
    var canvas = ChartCanvas()
    var y = Self.margin
    if !answer.question.isEmpty {
      for line in answer.question.withVisibleControls().wrapped(to: 100, indent: 2) {
        y += 20
        canvas.text(line, x: Self.margin, y: y, ink: .soft)
      }
      y += 14
    }
    for table in tables {
      if tables.count > 1, let title = table.title {
        y += 26
        canvas.text(title.fitted(to: 80, ellipsis: "…"), x: Self.margin, y: y, ink: .strong)
        y += 8
      }
      if case .order(let order)? = table.picture { draw(order, at: &y, on: &canvas) }
      try draw(table, at: &y, on: &canvas, context)
      y += 24
    }
    for remark in answer.notes + answer.warnings.map({ "warning: \($0.message) [\($0.code)]" }) {
      for line in remark.withVisibleControls().wrapped(to: 100, indent: 2) {
        y += 20
        canvas.text(line, x: Self.margin, y: y, ink: .soft)
      }
    }
    return canvas.document(title: answer.question, height: y + Self.margin, margin: Self.margin)
  }

  /// In a row, or in a column where that would be wider than anybody looks.
  private func draw(_ order: DesignedOrder, at y: inout Double, on canvas: inout ChartCanvas) {
    guard var picture = OrderPicture(order, .row) else { return }
    if picture.width > Self.mostPictureWidth {
      picture = OrderPicture(order, .column(width: Self.columnWidth)) ?? picture
    }
    canvas.picture(picture, x: Self.margin, y: y + 8)
    y += picture.height + 20
    guard let caption = picture.caption else { return }
    canvas.text(caption, x: Self.margin, y: y, ink: .soft)
    y += 20
  }

  private static let (mostPictureWidth, columnWidth) = (2_400.0, 560.0)

  /// A row of the table a line; columns stand side by side, a bar at the right of its figure.
  private func draw(
    _ table: Table, at y: inout Double, on canvas: inout ChartCanvas, _ context: RenderingContext
  ) throws(ExecutionError) {
    let texts = try table.columnTexts(in: context)
    let top = y
    var x = Self.margin
    for (index, column) in table.columns.enumerated() {
      let isFigure = texts[index].isFigure
      let cells = try context.run.map(table.rows) {
        texts[index].human($0.cell(index)).withVisibleControls().fitted(to: 40, ellipsis: "…")
      }
      let heading = column.name.withVisibleControls().fitted(to: 40, ellipsis: "…")
      let width = ([heading] + cells).map { ChartCanvas.width(of: $0) }.max() ?? 0
      let edge = isFigure ? x + width : x
      canvas.text(heading, x: edge, y: top + 20, ink: .strong, atEnd: isFigure)
      for (row, cell) in cells.enumerated() {
        try context.run.check()
        let base = top + 20 + Self.lineHeight * Double(row + 1)
        let hasValue = ![.missing, .unobserved].contains(table.rows[row].cell(index))
        canvas.text(cell, x: edge, y: base, ink: hasValue ? .normal : .soft, atEnd: isFigure)
      }
      x += width + 24
      guard column.isBar else { continue }
      drawBars(table, index, x: x - 12, top: top, on: &canvas)
      x += 240
    }
    canvas.rule(x: Self.margin, to: x - 24, y: top + 28)
    y = top + 20 + Self.lineHeight * Double(table.rows.count)
  }

  private func drawBars(_ table: Table, _ column: Int, x: Double, top: Double, on canvas: inout ChartCanvas) {
    let whole = 228.0
    let bars = Bar.column(table.rows.map { $0.cell(column) }, showsLoss: table.columns[column].showsLoss)
    for (row, bar) in bars.enumerated() {
      guard let bar else { continue }
      let y = top + 20 + Self.lineHeight * Double(row + 1) - 15
      let share = min(max(bar.share, 0), 1)
      if let before = bar.before {
        canvas.box(x: x, y: y, width: min(max(before, 0), 1) * whole, height: 20, fill: ChartCanvas.loss)
      }
      canvas.box(x: x, y: y, width: share * whole, height: 20, fill: ChartCanvas.bar)
    }
  }
}

/// Elements of a drawing as they are added; how wide it gets is known at the end.
struct ChartCanvas {
  enum Ink { case normal, strong, soft }
  /// The hues of the map's picture: customers, and a pale one of pain.
  static let bar = Hue.journey.solid
  static let loss = "#f6d5bd"

  private var elements: [String] = []
  private var right = 0.0

  /// An estimate that errs to the wide side: a column of a terminal is 0.6 of the type's size.
  static func width(of text: String) -> Double { Double(text.displayWidth) * 14 * 0.6 }

  mutating func text(_ text: String, x: Double, y: Double, ink: Ink, atEnd: Bool = false) {
    guard !text.isEmpty else { return }
    let (kind, fill) = ink == .soft ? ("soft", "#5f6b7a") : ("ink", "#1d2733")
    let weight = ink == .strong ? " font-weight=\"600\"" : ""
    let anchor = atEnd ? " text-anchor=\"end\"" : ""
    elements.append(
      "<text class=\"\(kind)\" x=\"\(Self.plain(x))\" y=\"\(Self.plain(y))\" fill=\"\(fill)\"\(weight)\(anchor)>\(text.markupEscaped)</text>"
    )
    right = max(right, atEnd ? x : x + Self.width(of: text))
  }

  mutating func box(x: Double, y: Double, width: Double, height: Double, fill: String) {
    elements.append(
      "<rect x=\"\(Self.plain(x))\" y=\"\(Self.plain(y))\" width=\"\(Self.plain(width))\" height=\"\(Self.plain(height))\" "
        + "rx=\"2\" class=\"\(fill == Self.loss ? "loss" : "bar")\" fill=\"\(fill)\"/>")
    right = max(right, x + width)
  }

  mutating func rule(x: Double, to end: Double, y: Double) {
    elements.append(
      "<line class=\"line\" x1=\"\(Self.plain(x))\" y1=\"\(Self.plain(y))\" x2=\"\(Self.plain(end))\" y2=\"\(Self.plain(y))\" stroke=\"#d9dee5\"/>"
    )
    right = max(right, end)
  }

  mutating func picture(_ picture: OrderPicture, x: Double, y: Double) {
    elements.append("<g transform=\"translate(\(Self.plain(x)) \(Self.plain(y)))\">\n\(picture.markup)</g>")
    right = max(right, x + picture.width)
  }

  /// In dark windows; elsewhere, and where no style is read, elements have colours of their own.
  private static let style = """
    @media (prefers-color-scheme: dark) {
      .ground { fill: #14191f } .ink { fill: #e6eaf0 } .soft { fill: #9aa6b5 }
      .bar { fill: #3a94cc } .loss { fill: #6b4a36 } .way { stroke: #3a94cc } .line { stroke: #5b6775 }
    }
    """

  func document(title: String, height: Double, margin: Double) -> String {
    let (width, height) = (Self.plain((right + margin).rounded(.up)), Self.plain(height.rounded(.up)))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
      font-family="\(TypeStyle.family)" font-size="14">
      <title>\(title.markupEscaped)</title>
      <style>
      \(Self.style)
      </style>
      <rect class="ground" width="100%" height="100%" fill="#ffffff"/>
      \(elements.joined(separator: "\n"))
      </svg>

      """
  }

  private static func plain(_ value: Double) -> String { HumanText.exactNumber((value * 100).rounded() / 100) }
}
