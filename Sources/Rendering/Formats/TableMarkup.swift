import JourneyQuery

/// A table of an answer as HTML, in a box that it scrolls in. Rounded figures carry their exact value (`<data value>`, `<time datetime>`); what
/// `PageScript` must know beside is said by attributes.
struct TableMarkup {
  /// One element.
  let text: String

  init(_ table: Table, isTitled: Bool, in context: RenderingContext) throws(ExecutionError) {
    let columns = try table.columnTexts(in: context)
    let sortable = table.sortableRows.map { " data-sortable=\"\($0)\"" } ?? ""
    var lines = ["<div class=\"scroll\"><table class=\"data\"\(sortable)>"]
    if isTitled, let title = table.title { lines.append("<caption>\(title.markupEscaped)</caption>") }
    let heads = zip(table.columns, columns).map { column, text in
      "<th scope=\"col\"\(Self.kind(of: column, text))\(text.isDuration ? " data-unit=\"s\"" : "")>\(column.name.markupEscaped)</th>"
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
        let content = Self.content(row.cell(column), columns[column]) + (bar.map(Self.drawn) ?? "")
        return "<td\(Self.kind(of: table.columns[column], columns[column], row.cell(column)))>\(content)</td>"
      }
      lines.append("<tr>\(cells.joined())</tr>")
    }
    lines += ["</tbody>", "</table></div>"]
    text = lines.joined(separator: "\n")
  }

  private static func content(_ cell: Cell, _ text: ColumnText) -> String {
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

  /// The attribute that a style and the page's script know a cell, or a heading, by.
  private static func kind(of column: Table.Column, _ text: ColumnText, _ cell: Cell? = nil) -> String {
    let look = column.isBar ? "bar" : text.isFigure ? "figure" : nil
    let state = [.missing, .unobserved].contains(cell) ? "missing" : nil
    let kinds = [look, state].compactMap(\.self)
    return kinds.isEmpty ? "" : " class=\"\(kinds.joined(separator: " "))\""
  }

  private static func drawn(_ bar: Bar) -> String {
    let kept = percent(bar.share)
    return "<span style=\"--kept:\(kept);--reached:\(bar.before.map(percent) ?? kept)\"></span>"
  }

  private static func percent(_ share: Double) -> String {
    HumanText.exactNumber((min(max(share, 0), 1) * 10_000).rounded() / 100) + "%"
  }
}
