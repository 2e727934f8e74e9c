import JourneyQuery
import SourceText

/// Terminal text: the question, the tables, then notes and warnings; no line is wider than the context's width.
struct TableFormat: AnswerFormat {
  static let endings = [String]()

  func painted(_ answer: Answer, in context: RenderingContext) throws(ExecutionError) -> PaintedText {
    try lines(of: answer, in: context).painted(in: context)
  }

  func text(of answer: Answer, in context: RenderingContext) throws(ExecutionError) -> String {
    try painted(answer, in: context).words
  }

  func lines(of answer: Answer, in context: RenderingContext) throws(ExecutionError) -> [StyledLine] {
    var blocks: [[StyledLine]] = []
    let tables = answer.shown
    for (index, table) in tables.enumerated() {
      var block: [StyledLine] = []
      if index == 0, let heading = answer.heading { block += .sentence(heading, .strong, width: context.width) }
      if index == 0, !answer.question.isEmpty {
        block += .sentence(answer.question, .dim, width: context.width)
      }
      if tables.count > 1, let title = table.title {
        block += .sentence(title, .strong, width: context.width)
      }
      blocks.append(block + (try PicturedTable(table, in: context).lines))
    }
    if blocks.isEmpty, !answer.question.isEmpty {
      blocks.append(.sentence(answer.question, .dim, width: context.width))
    }
    let remarks =
      answer.notes.flatMap {
        // A note that explains the sign of what is not to be known yet.
        [StyledLine].sentence($0.replacing("…", with: context.glyphs.ellipsis), .dim, width: context.width)
      }
      + answer.warnings.flatMap {
        [StyledLine].sentence($0.text, .caution, width: context.width)
      }
    if !remarks.isEmpty { blocks.append(remarks) }
    return Array(blocks.joined(separator: [StyledLine()]))
  }
}

/// One table with its picture, or its picture alone.
struct PicturedTable {
  let lines: [StyledLine]

  init(_ table: Table, in context: RenderingContext) throws(ExecutionError) {
    let rows = try TableDrawing(table, in: context)
    let drawn: [StyledLine]
    switch table.picture {
    case .arcs(let arcs): drawn = try ArcDrawing(arcs, in: context).text
    case .tree(let tree): drawn = try TreeDrawing(tree, in: context).text
    case .trend(let trend):
      let drawing = TrendDrawing(trend, in: context)?.text(isTitled: table.title?.hasPrefix(trend.title) == true) ?? []
      drawn = drawing + (drawing.isEmpty ? [] : [StyledLine()]) + rows.lines
    case .plot(let trend):
      let drawing = TrendDrawing(trend, in: context)?.text(isTitled: table.title?.hasPrefix(trend.title) == true)
      drawn = drawing ?? rows.lines
    case .order(let order):
      let drawing = OrderDrawing(order, in: context)?.text ?? []
      drawn = drawing + (drawing.isEmpty ? [] : [StyledLine()]) + rows.lines
    case .matrix, .histogram, nil:
      drawn = rows.lines + (TriangleDrawing(table, hidden: rows.hidden, in: context)?.text ?? [])
    }
    lines = try context.run.map(drawn) { $0.fitted(to: context.width, ellipsis: context.glyphs.ellipsis) }
  }
}

/// One table as lines: header, rule, rows, and what did not fit.
struct TableDrawing {
  let lines: [StyledLine]
  /// Names of columns that there was no room for.
  let hidden: [String]

  init(_ whole: Table, in context: RenderingContext) throws(ExecutionError) {
    var table = whole
    if let limit = context.rowLimit, whole.rows.count > limit { table.rows = Array(whole.rows.prefix(limit)) }
    let marks = Self.marks(of: table, in: context)
    var layout = try TableLayout(table, in: context, sparing: marks.width)
    if marks.width > 0, !layout.hidden.isEmpty { layout = try TableLayout(table, in: context) }
    hidden = layout.hidden
    var lines = Self.header(layout)
    var rule = StyledLine()
    for column in layout.columns {
      Self.begin(column, at: &rule)
      rule.append(String(repeating: context.glyphs.rule, count: column.wholeWidth), .dim)
    }
    lines.append(rule)
    for row in table.rows.indices {
      try context.run.check()
      var drawn = Self.row(row, layout, context)
      if let mark = marks.texts[row], drawn[0].width + mark.displayWidth <= context.width {
        drawn[0].append(mark, .strong)
      }
      lines += drawn
    }
    if table.rows.isEmpty { lines.append(StyledLine("(no rows)", .dim)) }
    let cut = whole.rows.count - table.rows.count
    if cut > 0 {
      let more = "\(HumanText.integer(cut)) more \(cut == 1 ? "row; .rows all shows it" : "rows; .rows all shows them")"
      lines += .sentence(more, .dim, width: context.width)
    }
    if !layout.hidden.isEmpty {
      let words = "not shown for want of width: \(layout.hidden.listed(most: 6, ellipsis: layout.ellipsis))"
      lines += .sentence(words, .dim, width: context.width)
    }
    self.lines = lines
  }

  /// What stands behind rows, by their indices, and the widest of it.
  private static func marks(of table: Table, in context: RenderingContext) -> (texts: [Int: String], width: Int) {
    guard case .histogram(let histogram) = table.picture else { return ([:], 0) }
    var names: [Int: [String]] = [:]
    for mark in histogram.marks {
      if let row = histogram.bin(of: mark.time) { names[row, default: []].append(mark.name) }
    }
    let texts = names.mapValues { "  " + context.glyphs.pointer + " " + $0.joined(separator: ", ") }
    return (texts, texts.values.map(\.displayWidth).max() ?? 0)
  }

  /// Names at the foot of as many lines as the longest needs.
  private static func header(_ layout: TableLayout) -> [StyledLine] {
    let names = layout.columns.map { column in
      column.heading.wrapped(to: column.wholeWidth).map {
        $0.fitted(to: column.wholeWidth, ellipsis: layout.ellipsis)
      }
    }
    let height = names.map(\.count).max() ?? 0
    return (0..<height).map { line in
      var text = StyledLine()
      for (column, words) in zip(layout.columns, names) {
        begin(column, at: &text)
        let index = line - (height - words.count)
        let isRight = column.isFigure && column.barWidth == 0
        text.append(
          (index < 0 ? "" : words[index]).padded(to: column.wholeWidth, right: isRight), .strong)
      }
      return text
    }
  }

  /// One line, and further ones for what is wrapped.
  private static func row(_ row: Int, _ layout: TableLayout, _ context: RenderingContext) -> [StyledLine] {
    let wrapped = layout.columns.map { $0.isWhole ? $0.texts[row].wrapped(to: $0.width, indent: 2) : [] }
    let more = (1..<max(1, wrapped.map(\.count).max() ?? 0)).map { index in
      var line = StyledLine()
      for (column, parts) in zip(layout.columns, wrapped) {
        begin(column, at: &line)
        line.append((index < parts.count ? parts[index] : "").padded(to: column.wholeWidth))
      }
      return line
    }
    var line = StyledLine()
    for (column, parts) in zip(layout.columns, wrapped) {
      begin(column, at: &line)
      let text = (parts.first ?? column.texts[row]).fitted(to: column.width, ellipsis: layout.ellipsis)
      let ink: Ink = column.isMissing[row] ? .dim : column.shades[row].map { $0.ink(in: context) } ?? .normal
      line.append(text.padded(to: column.width, right: column.isFigure), ink)
      if column.barWidth > 0 {
        line.append(" ")
        if let bar = column.bars[row] {
          line.append(bar.line(columns: column.barWidth, style: context.style))
        } else {
          line.append(String(repeating: " ", count: column.barWidth))
        }
      }
    }
    return [line] + more
  }

  private static func begin(_ column: TableLayout.Column, at line: inout StyledLine) {
    if !column.isFirst { line.append(String(repeating: " ", count: TableLayout.gap)) }
  }
}
