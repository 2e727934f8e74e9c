import JourneyQuery
import SourceText

/// The first bars of a table as a chart, with what each is of, its share, and what was lost since a bar above it.
struct BarsPicture {
  /// Rows beyond which the table tells as much.
  private static let mostRows = 40
  private static let style = TypeStyle.body
  private static let thickness = 22.0
  private static let mostNameLines = 3
  /// Beyond which names and figures stand too far from each other.
  private static let widest = 800.0

  private struct Row {
    let lines: [String]
    /// `4,448 · 46.5 %`
    let figure: String
    let bar: Bar?
    let loss: String
    let title: String
  }

  private let rows: [Row]
  private let title: String
  private let hidden: Int
  private let width: Double
  private let nameWidth: Double
  private let figureWidth: Double
  /// Whether names stand above bars, for want of room beside them.
  private let isNarrow: Bool

  /// Of a table that is `shown`; nil where it has no bars.
  init?(_ table: Table, width: Double, in context: RenderingContext) throws(ExecutionError) {
    guard let column = table.columns.firstIndex(where: \.isBar), !table.rows.isEmpty else { return nil }
    var drawn = table
    drawn.rows = Array(table.rows.prefix(Self.mostRows))
    let texts = try drawn.columnTexts(in: context)
    let names = table.columns.indices.prefix(column).filter { !texts[$0].isFigure }
    let count = table.columns.indices.prefix(column).first { texts[$0].isFigure }
    let width = min(width, Self.widest)
    let isNarrow = width < 520
    let labels = drawn.rows.map { row in
      names.filter { ![.missing, .unobserved].contains(row.cell($0)) }.map { texts[$0].human(row.cell($0)) }
        .joined(separator: " → ")
    }
    let widest = labels.map { TextWidth.of(ChartText.plain($0), Self.style) }.max() ?? 0
    let nameWidth = isNarrow ? width : min(widest, width * 0.35)
    let bars = Bar.column(drawn.rows.map { $0.cell(column) }, showsLoss: table.columns[column].showsLoss)
    rows = zip(zip(drawn.rows, labels), bars).map { row, bar in
      let share = texts[column].human(row.0.cell(column))
      let figure = (count.map { [texts[$0].human(row.0.cell($0))] } ?? []) + [share]
      let loss = Self.loss(bar, at: row.0.cell(column))
      return Row(
        lines: ChartText.lines(row.1, Self.style, width: nameWidth, atMost: Self.mostNameLines),
        figure: figure.joined(separator: " · "), bar: bar, loss: loss,
        title: "\(ChartText.brief(row.1)): " + (figure + (loss.isEmpty ? [] : [loss])).joined(separator: ", "))
    }
    (self.width, self.nameWidth, self.isNarrow) = (width, nameWidth, isNarrow)
    figureWidth = min(rows.map { TextWidth.of(ChartText.plain($0.figure), Self.style) }.max() ?? 0, width * 0.4)
    let what = table.columns[count ?? column].name
    title = (table.title.map { $0 + ": " } ?? "") + (count == nil ? what : "\(what), \(table.columns[column].name)")
    hidden = table.rows.count - drawn.rows.count
  }

  /// How many are fewer than at the bar above, of a rate: `−6,012`; else nothing.
  private static func loss(_ bar: Bar?, at cell: Cell) -> String {
    guard let before = bar?.before, case .rate(let count, let whole) = cell else { return "" }
    let loss = (before * Double(whole)).rounded() - Double(count)
    return loss >= 1 && loss < 9e15 ? "−" + HumanText.integer(Int(loss)) : ""
  }

  var chart: Chart {
    var writer = ChartWriter()
    var y = 2.0
    for row in rows {
      let names = Double(row.lines.count) * Self.style.leading
      let bar = isNarrow ? y + names + 2 : y + max(0, (names - Self.thickness) / 2)
      draw(row, names: isNarrow ? y : bar + Self.thickness / 2 - names / 2, bar: bar, on: &writer)
      y = (isNarrow ? bar + Self.thickness : y + max(names, Self.thickness)) + 8
    }
    return Chart(
      width: width, height: y, markup: writer.markup, title: title,
      remarks: [
        hidden > 0
          ? "drawn: the first \(rows.count) of \(HumanText.integer(rows.count + hidden)) rows" : nil
      ])
  }

  private func draw(_ row: Row, names: Double, bar y: Double, on writer: inout ChartWriter) {
    let left = isNarrow ? 0 : nameWidth + 12
    let room = max(20, width - left - figureWidth - 10)
    writer.titled(row.title) { writer in
      for (index, line) in row.lines.enumerated() {
        writer.text(line, at: Point(x: 0, y: names + Double(index) * Self.style.leading + 13), .ink, Self.style)
      }
      func box(_ from: Double, _ to: Double, _ ink: ChartInk) {
        writer.box(Rect(x: left + from * room, y: y, width: (to - from) * room, height: Self.thickness), ink)
      }
      let share = min(max(row.bar?.share ?? 0, 0), 1)
      if let before = row.bar?.before, before > share {
        box(share, min(before, 1), .loss)
        let text = Rect(x: left + share * room, y: y, width: (min(before, 1) - share) * room, height: Self.thickness)
        if TextWidth.of(row.loss, .quiet) + 10 <= text.width {
          writer.text(row.loss, at: Point(x: text.midX, y: y + 15), .ink, .quiet, anchor: .middle)
        }
      }
      box(0, share, .bar)
      writer.text(
        ChartText.figure(row.figure, Self.style, width: figureWidth), at: Point(x: width, y: y + 16), .ink, Self.style,
        anchor: .end)
    }
  }
}
