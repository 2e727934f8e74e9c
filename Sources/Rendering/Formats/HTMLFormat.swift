import JourneyQuery

/// One self-contained page: no script, nothing fetched, light and dark. Rounded figures carry their exact value
/// (`<data value>`, `<time datetime>`).
struct HTMLFormat: AnswerFormat {
  static let endings = ["html", "htm"]

  func text(of answer: Answer, in context: RenderingContext) throws(ExecutionError) -> String {
    var (body, style) = ([String](), "")
    if let heading = answer.heading { body.append("<h1>\(heading.markupEscaped)</h1>") }
    if !answer.question.isEmpty {
      body.append("<p class=\"question\"><code>\(answer.question.markupEscaped)</code></p>")
    }
    let tables = answer.shown
    for table in tables {
      if case .order(let order)? = table.picture, let figure = OrderFigure(order) {
        body.append(figure.markup)
        style = figure.style
      }
      body.append(try html(table, isTitled: tables.count > 1, context))
    }
    body += answer.notes.map { "<p class=\"note\">\($0.markupEscaped)</p>" }
    body += answer.warnings.map {
      "<p class=\"warning\">warning: \($0.message.markupEscaped) [\($0.code.name.markupEscaped)]</p>"
    }
    return Self.page(title: answer.question.isEmpty ? "Waymark" : answer.question, body: body, style: style)
  }

  /// A page in the look that all have.
  ///
  /// - Parameters:
  ///   - title: as it is.
  ///   - body: markup, a line or more each.
  ///   - style: what it has beside the rules of all.
  static func page(title: String, body: [String], style: String = "") -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(title.markupEscaped)</title>
    <style>
    \(Self.style)\(style.isEmpty ? "" : "\n" + style)
    </style>
    </head>
    <body>
    \(body.joined(separator: "\n"))
    </body>
    </html>

    """
  }

  private func html(
    _ table: Table, isTitled: Bool, _ context: RenderingContext
  ) throws(ExecutionError) -> String {
    let columns = try table.columnTexts(in: context)
    var lines = ["<table>"]
    if isTitled, let title = table.title { lines.append("<caption>\(title.markupEscaped)</caption>") }
    let heads = zip(table.columns, columns).map { column, text in
      "<th scope=\"col\"\(Self.attribute(column, text))>\(column.name.markupEscaped)</th>"
    }
    lines.append("<thead><tr>\(heads.joined())</tr></thead>")
    lines.append("<tbody>")
    let bars = table.columns.indices.map { index in
      table.columns[index].isBar
        ? Bar.column(table.rows.map { $0.cell(index) }, showsLoss: table.columns[index].showsLoss) : []
    }
    for (index, row) in table.rows.enumerated() {
      try context.run.check()
      let cells = columns.indices.map { column in
        let bar = bars[column].isEmpty ? nil : bars[column][index]
        let content = content(row.cell(column), columns[column]) + (bar.map(Self.html) ?? "")
        return "<td\(Self.attribute(table.columns[column], columns[column]))>\(content)</td>"
      }
      lines.append("<tr>\(cells.joined())</tr>")
    }
    lines += ["</tbody>", "</table>"]
    return lines.joined(separator: "\n")
  }

  private func content(_ cell: Cell, _ text: ColumnText) -> String {
    let shown = text.human(cell).split(separator: "\n", omittingEmptySubsequences: false)
      .map(\.markupEscaped).joined(separator: "<br>")
    let exact = (ExactText.text(cell, inDurationColumn: false) ?? "").markupEscaped
    return switch cell {
    case .text, .unfinished, .truth, .course, .missing, .unobserved: shown
    case .instant: "<time datetime=\"\(exact)\">\(shown)</time>"
    case .integer, .bytes, .number, .share, .rate, .estimate, .probability, .duration:
      "<data value=\"\(exact)\">\(shown)</data>"
    }
  }

  private static func attribute(_ column: Table.Column, _ text: ColumnText) -> String {
    column.isBar ? " class=\"bar\"" : text.isFigure ? " class=\"figure\"" : ""
  }

  private static func html(_ bar: Bar) -> String {
    let kept = percent(bar.share)
    return "<span style=\"--kept:\(kept);--reached:\(bar.before.map(percent) ?? kept)\"></span>"
  }

  private static func percent(_ share: Double) -> String {
    HumanText.exactNumber((min(max(share, 0), 1) * 10_000).rounded() / 100) + "%"
  }

  private static let style = """
    :root { color-scheme: light dark; --ink: #1d2733; --soft: #5f6b7a; --line: #d9dee5; --bar: #0072b2; --loss: #f6d5bd; --caution: #8a5a00 }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6eaf0; --soft: #9aa6b5; --line: #3a4450; --bar: #3a94cc; --loss: #6b4a36; --caution: #e0b050 }
    }
    body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
    h1 { font-size: 1.4em; margin: 0 0 0.25rem }
    code { font: 0.95em ui-monospace, monospace; overflow-wrap: anywhere }
    table { border-collapse: collapse; margin: 1.5rem 0; display: block; overflow-x: auto }
    caption { text-align: left; font-weight: 600; padding-bottom: 0.5rem }
    th, td { text-align: left; padding: 0.35rem 1.5rem 0.35rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
    th { font-weight: 600; border-bottom: 2px solid var(--line) }
    .figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
    .bar { white-space: nowrap; font-variant-numeric: tabular-nums }
    td.bar data { display: inline-block; min-width: 4.5em; text-align: right }
    .bar span {
      display: inline-block; width: 14rem; height: 1.1em; margin-left: 0.75rem; vertical-align: -0.15em; border-radius: 2px;
      background: linear-gradient(90deg, var(--bar) var(--kept), var(--loss) var(--kept) var(--reached), transparent var(--reached))
    }
    .note { color: var(--soft); margin: 0.25rem 0 }
    .warning { color: var(--caution); margin: 0.25rem 0 }
    @media print {
      @page { margin: 14mm }
      body { font-size: 10px; line-height: 1.35; margin: 0; max-width: none; padding: 0 }
      table { margin: 0.7rem 0; overflow: visible }
      caption { break-after: avoid }
      th, td { padding: 0.15rem 1.2rem 0.15rem 0 }
      tr { break-inside: avoid }
    }
    """
}
