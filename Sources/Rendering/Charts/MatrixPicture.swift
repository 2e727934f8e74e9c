import JourneyQuery
import SourceText

/// The shaded columns of a table as a chart: a cell each, the darker the larger its share, its figure in it where there is room; the same
/// as `TriangleDrawing` shows on a terminal.
struct MatrixPicture {
  /// Rows beyond which the table tells as much.
  private static let mostRows = 40
  /// Of a cell with its figure, and of one without.
  private static let (pitches, leastPitch) = (30.0...52.0, 6.0)
  private static let style = TypeStyle.quiet
  private static let gap = 1.5

  private let table: Table
  private let width: Double
  private let rows: [[Cell]]
  private let texts: [ColumnText]
  /// Indices of the columns that are shaded and drawn.
  private let shaded: [Int]
  /// Those left out for want of width.
  private let cut: Int
  /// The names of the first and the last column that is shaded.
  private let span: String
  private let largest: Double
  private let names: [String]
  private let sizes: [String]
  private let nameWidth: Double
  private let sizeWidth: Double
  private let pitch: Double

  /// Of a table that is `shown`; nil where nothing in it is shaded.
  init?(_ table: Table, width: Double, in context: RenderingContext) throws(ExecutionError) {
    let all = table.columns.indices.filter { table.columns[$0].isShaded }
    guard let first = all.first, !table.rows.isEmpty else { return nil }
    (self.table, self.width) = (table, width)
    rows = Array(table.rows.prefix(Self.mostRows))
    var drawn = table
    drawn.rows = rows
    let texts = try drawn.columnTexts(in: context)
    self.texts = texts
    let heads = Array(table.columns.indices.prefix(first))
    let figures = heads.filter { texts[$0].isFigure }
    names = rows.map { row in
      heads.filter { !figures.contains($0) }.map { texts[$0].human(row.cell($0)) }.filter { !$0.isEmpty }
        .joined(separator: ", ")
    }
    sizes = rows.map { row in figures.map { texts[$0].human(row.cell($0)) }.joined(separator: ", ") }
    let widest = names.map { TextWidth.of(ChartText.plain($0), Self.style) }.max() ?? 0
    nameWidth = min(widest, width * 0.36)
    sizeWidth = min(sizes.map { TextWidth.of(ChartText.plain($0), Self.style) }.max() ?? 0, width * 0.2)
    let room = width - nameWidth - sizeWidth - 24
    let most = max(1, Int(room / Self.leastPitch))
    shaded = Array(all.prefix(most))
    cut = all.count - shaded.count
    span = [first, all[all.count - 1]].map { ChartText.brief(table.columns[$0].name) }.joined(separator: " to ")
    pitch = min(Self.pitches.upperBound, room / Double(shaded.count))
    largest = rows.lazy.flatMap { row in all.compactMap { row.cell($0).height } }.max() ?? 0
  }

  var chart: Chart {
    var writer = ChartWriter()
    drawHead(on: &writer)
    for index in rows.indices { draw(rows[index], at: index, on: &writer) }
    var height = Self.top + Double(rows.count) * lineHeight + 4
    if !hasFigures { drawKey(at: &height, on: &writer) }
    let hidden = table.rows.count - rows.count
    return Chart(
      width: min(width, right + 2), height: height, markup: writer.markup,
      title: (table.title.map { $0 + ": " } ?? "") + "shares in %, \(span)",
      remarks: [
        hidden > 0 ? "drawn: the first \(rows.count) of \(HumanText.integer(table.rows.count)) rows" : nil,
        cut > 0 ? "no room for the last \(AnswerNotes.count(cut, "column", "columns"))" : nil,
      ])
  }

  private static let top = 24.0
  private var lineHeight: Double { hasFigures ? 24 : 18 }
  private var hasFigures: Bool { pitch >= Self.pitches.lowerBound }
  private var left: Double { nameWidth + sizeWidth + 22 }
  private var right: Double { left + Double(shaded.count) * pitch }

  // MARK: Headings

  /// `week 5` stands above its column as 5.
  private func drawHead(on writer: inout ChartWriter) {
    let words = shaded.map { table.columns[$0].name.split(separator: " ") }
    if let unit = words.first?.first, words.allSatisfy({ $0.count == 2 && $0.first == unit }) {
      let text = ChartText.fitted(String(unit), Self.style, width: nameWidth + sizeWidth + 8)
      writer.text(text, at: Point(x: left - 8, y: 16), .soft, anchor: .end)
    }
    let texts = words.map { ChartText.fitted(String($0.last ?? ""), Self.style, width: max(pitch, 30) - 4) }
    let widest = texts.map { TextWidth.of($0, Self.style) }.max() ?? 0
    let apart = max(1, Int(((widest + 4) / pitch).rounded(.up)))
    for place in stride(from: 0, to: texts.count, by: apart) {
      let (half, middle) = (TextWidth.of(texts[place], Self.style) / 2, left + (Double(place) + 0.5) * pitch)
      guard middle - half >= left - 6, middle + half <= right + 2 else { continue }
      writer.text(texts[place], at: Point(x: middle, y: 16), .soft, anchor: .middle)
    }
  }

  // MARK: Rows

  private func draw(_ row: [Cell], at index: Int, on writer: inout ChartWriter) {
    let y = Self.top + Double(index) * lineHeight
    let base = y + lineHeight / 2 + 4
    writer.text(ChartText.fitted(names[index], Self.style, width: nameWidth), at: Point(x: 0, y: base), .ink)
    writer.text(
      ChartText.figure(sizes[index], Self.style, width: sizeWidth), at: Point(x: nameWidth + sizeWidth + 12, y: base),
      .soft, anchor: .end)
    for (place, column) in shaded.enumerated() {
      let box = Rect(
        x: left + Double(place) * pitch, y: y, width: pitch - Self.gap, height: lineHeight - Self.gap)
      let cell = row.cell(column)
      guard let height = cell.height else {
        if hasFigures {
          let text = ChartText.figure(texts[column].human(cell), Self.style, width: pitch - 2)
          writer.text(text, at: Point(x: box.midX, y: base), .soft, Self.style, anchor: .middle)
        }
        continue
      }
      let shade = Shade(height, of: largest)
      let title =
        "\(ChartText.brief(names[index])), \(ChartText.brief(table.columns[column].name)): \(texts[column].human(cell))"
      writer.titled(title) { writer in
        writer.box(box, .shade(shade))
        guard hasFigures else { return }
        let text = ChartText.figure(Self.figure(height), Self.style, width: pitch - 2)
        writer.text(text, at: Point(x: box.midX, y: base), .figure(on: shade), Self.style, anchor: .middle)
      }
    }
  }

  /// In percent, whole ones but of little.
  private static func figure(_ share: Double) -> String {
    if share == 0 { return "0" }
    if share > 0, share < 0.001 { return "<0.1" }
    return HumanText.number(share * 100, decimals: abs(share) < 0.0995 ? 1 : 0)
  }

  /// What three of the grounds mean.
  private func drawKey(at y: inout Double, on writer: inout ChartWriter) {
    var x = 0.0
    y += 8
    for part in [1, 0.25, 0.06] {
      let text = HumanText.share(part * largest)
      writer.box(Rect(x: x, y: y, width: 14, height: 14), .shade(Shade(part, of: 1)))
      writer.text(text, at: Point(x: x + 20, y: y + 11), .soft)
      x += 36 + TextWidth.of(text, Self.style)
    }
    y += 18
  }
}
