import JourneyQuery
import SourceText

/// A picture (SVG 1.1) of the tables, one below the other, each under the picture that it has: a row a line, columns side by side, bars at
/// the right of their figures with what was lost in a pale hue. Self-contained; long texts are elided at 40 columns.
struct ChartFormat: AnswerFormat {
  static let endings = ["svg"]

  private static let lineHeight = 28.0
  /// For pictures, which have no width of their own.
  private static let pictureWidth = 800.0
  /// Of a bar.
  private static let barWidth = 228.0
  private static let style = TypeStyle.body

  func text(of answer: Answer, in context: RenderingContext) throws(ExecutionError) -> String {
    let tables = answer.shown
    guard !tables.isEmpty else { return "" }
    var canvas = ChartCanvas()
    if let heading = answer.heading { canvas.sentence(heading, .ink, .title) }
    if !answer.question.isEmpty { canvas.sentence(answer.question) }
    for table in tables {
      canvas.space(20)
      let title = tables.count > 1 ? table.title : nil
      if let title { canvas.sentence(title, .ink, .name) }
      if let chart = try table.chart(width: Self.pictureWidth, in: context) {
        canvas.chart(chart, isTitled: title != nil)
        canvas.space(12)
      }
      try draw(table, on: &canvas, context)
    }
    canvas.space(20)
    for remark in answer.sentences {
      canvas.sentence(remark)
    }
    return canvas.document(title: answer.question, prefix: "answer")
  }

  /// A row of the table a line; columns stand side by side, a bar at the right of its figure.
  private func draw(
    _ table: Table, on canvas: inout ChartCanvas, _ context: RenderingContext
  ) throws(ExecutionError) {
    let texts = try table.columnTexts(in: context)
    let top = canvas.y
    var x = ChartCanvas.margin
    for (index, column) in table.columns.enumerated() {
      let isFigure = texts[index].isFigure
      let cells = try context.run.map(table.rows) { Self.plain(texts[index].human($0.cell(index))) }
      let heading = Self.plain(column.name)
      let widest = cells.map { TextWidth.of($0, Self.style) }.max() ?? 0
      let width = max(widest, TextWidth.of(heading, .label))
      let edge = isFigure ? x + width : x
      let anchor: ChartWriter.Anchor = isFigure ? .end : .start
      canvas.text(heading, at: Point(x: edge, y: top + 20), .ink, .label, anchor: anchor)
      for (row, cell) in cells.enumerated() {
        try context.run.check()
        let base = top + 20 + Self.lineHeight * Double(row + 1)
        let hasValue = ![.missing, .unobserved].contains(table.rows[row].cell(index))
        canvas.text(cell, at: Point(x: edge, y: base), hasValue ? .ink : .soft, Self.style, anchor: anchor)
      }
      x += width + 24
      guard column.isBar else { continue }
      drawBars(table, index, x: x - 12, top: top, on: &canvas)
      x += Self.barWidth + 12
    }
    canvas.rule(to: x - 24, at: top + 28)
    canvas.space(20 + Self.lineHeight * Double(table.rows.count) + 4)
  }

  private static func plain(_ text: String) -> String { text.fitted(to: 40, ellipsis: "…").cleaned }

  private func drawBars(_ table: Table, _ column: Int, x: Double, top: Double, on canvas: inout ChartCanvas) {
    let bars = Bar.column(table.rows.map { $0.cell(column) }, showsLoss: table.columns[column].showsLoss)
    for (row, bar) in bars.enumerated() {
      guard let bar else { continue }
      let y = top + 20 + Self.lineHeight * Double(row + 1) - 14
      func draw(_ share: Double, _ ink: ChartInk) {
        canvas.box(Rect(x: x, y: y, width: min(max(share, 0), 1) * Self.barWidth, height: 19), ink)
      }
      if let before = bar.before { draw(before, .loss) }
      draw(bar.share, .bar)
    }
  }
}
