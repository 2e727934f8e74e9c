import JourneyQuery
import SourceText

/// The rows of a table as small lines beside what is told of each: of its name, its figures and its remarks. Each line lies between its own
/// lowest and highest; on a terminal it is as small as a word.
struct CoursesPicture {
  /// Rows beyond which the table tells as much.
  private static let mostRows = 30
  private static let nameStyle = TypeStyle.name
  private static let textStyle = TypeStyle.quiet
  private static let lineHeight = 40.0
  private static let widest = 640.0
  private static let (mostNameLines, mostTextLines) = (2, 4)

  private struct Row {
    let name: [String]
    let texts: [String]
    let values: [Double?]
    let title: String
  }

  private let rows: [Row]
  private let hidden: Int
  private let title: String
  private let width: Double
  private let lineWidth: Double

  /// Of a table that is `shown`; nil where no column is of courses.
  init?(_ table: Table, width: Double, in context: RenderingContext) throws(ExecutionError) {
    var drawn = table
    drawn.rows = Array(table.rows.prefix(Self.mostRows))
    let place = table.columns.indices.first { column in
      drawn.rows.contains { if case .course = $0.cell(column) { true } else { false } }
    }
    guard let place, place > 0 else { return nil }
    self.width = min(width, Self.widest)
    lineWidth = self.width * 0.4
    let texts = try drawn.columnTexts(in: context)
    let room = self.width - lineWidth - 20
    rows = drawn.rows.map { row in
      let name = texts[0].human(row.cell(0))
      // Figures by the names of their columns; of texts only those behind the course, which say what it comes to.
      let told = table.columns.indices.dropFirst().compactMap { column -> String? in
        let cell = row.cell(column)
        guard column != place, cell != .missing, cell != .unobserved else { return nil }
        if texts[column].isFigure { return "\(table.columns[column].name) \(texts[column].human(cell))" }
        return column > place ? texts[column].human(cell) : nil
      }
      let text = told.joined(separator: ", ")
      var values: [Double?] = []
      if case .course(let course) = row.cell(place) { values = course.map { $0?.isFinite == true ? $0 : nil } }
      return Row(
        name: ChartText.lines(name, Self.nameStyle, width: room, atMost: Self.mostNameLines),
        texts: ChartText.lines(text, Self.textStyle, width: room, atMost: Self.mostTextLines), values: values,
        title: "\(ChartText.brief(name)): \(ChartText.plain(text))")
    }
    hidden = table.rows.count - drawn.rows.count
    title = table.title ?? ([0, place].map { table.columns[$0].name }.joined(separator: ", "))
  }

  var chart: Chart {
    var writer = ChartWriter()
    var y = 0.0
    for (index, row) in rows.enumerated() {
      if index > 0 { writer.rule(from: Point(x: 0, y: y), to: Point(x: width, y: y), .grid) }
      y += 10
      let (names, texts) = (
        Double(row.name.count) * Self.nameStyle.leading, Double(row.texts.count) * Self.textStyle.leading
      )
      let height = max(names + texts, Self.lineHeight + 8)
      draw(row, at: y, height: height, on: &writer)
      y += height + 10
    }
    let all = HumanText.integer(rows.count + hidden)
    return Chart(
      width: width, height: y, markup: writer.markup, title: title,
      remarks: [
        "each line between its own lowest and highest",
        hidden > 0 ? "drawn: the first \(rows.count) of \(all) rows" : nil,
      ])
  }

  private func draw(_ row: Row, at top: Double, height: Double, on writer: inout ChartWriter) {
    writer.titled(row.title) { writer in
      var y = top
      for line in row.name {
        y += Self.nameStyle.leading
        writer.text(line, at: Point(x: 0, y: y - 5), .ink, Self.nameStyle)
      }
      for line in row.texts {
        y += Self.textStyle.leading
        writer.text(line, at: Point(x: 0, y: y - 4), .soft, Self.textStyle)
      }
      let box = Rect(
        x: width - lineWidth + 4, y: top + (height - Self.lineHeight) / 2, width: lineWidth - 8,
        height: Self.lineHeight)
      draw(row.values, in: box, on: &writer)
    }
  }

  /// A gap interrupts the line; the last value has a point, and so has one that stands alone.
  private func draw(_ values: [Double?], in box: Rect, on writer: inout ChartWriter) {
    let known = values.compactMap(\.self)
    guard let least = known.min(), let most = known.max() else { return }
    func place(_ index: Int, _ value: Double) -> Point {
      // Halves, so that no difference is beyond all numbers.
      let span = most / 2 - least / 2
      let height = span > 0 ? (value / 2 - least / 2) / span : 0.5
      let along = values.count > 1 ? Double(index) / Double(values.count - 1) : 1
      return Point(x: box.x + along * box.width, y: box.maxY - height * box.height)
    }
    var path = ""
    for (index, value) in values.enumerated() {
      guard let value else { continue }
      let isFirst = index == 0 || values[index - 1] == nil
      let isLast = index == values.count - 1
      path += (isFirst ? "M" : " L") + SVGWriter.place(place(index, value))
      if isLast || isFirst && values[index + 1] == nil { writer.dot(place(index, value), radius: 3.5, .bar) }
    }
    writer.stroke(path, .way, width: 2)
  }
}
