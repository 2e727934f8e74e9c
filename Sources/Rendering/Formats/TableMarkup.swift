import JourneyQuery
import SourceText

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
    let kinds = try columns.indices.map { (index) throws(ExecutionError) in
      try Self.kind(of: table, index, columns[index], context)
    }
    let heads = zip(columns.indices, columns).map { index, text in
      let column = table.columns[index]
      return
        "<th scope=\"col\"\(Self.attribute([kinds[index]]))\(text.isDuration ? " data-unit=\"s\"" : "")>\(column.name.markupEscaped)</th>"
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
        let state = [.missing, .unobserved].contains(row.cell(column)) ? "missing" : nil
        return "<td\(Self.attribute([kinds[column], state]))>\(content)</td>"
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

  /// Columns of a terminal: shorter texts, as labels of weeks, stand on one line.
  private static let shortText = 12

  /// What a style and the page's script know a column by; nil of long texts.
  private static func kind(
    of table: Table, _ column: Int, _ text: ColumnText, _ context: RenderingContext
  ) throws(ExecutionError) -> String? {
    if table.columns[column].isBar { return "bar" }
    if text.isFigure { return "figure" }
    let isShort = try context.run.map(table.rows) { text.human($0.cell(column)).displayWidth <= shortText }
    return isShort.allSatisfy(\.self) ? "short" : nil
  }

  private static func attribute(_ kinds: [String?]) -> String {
    let kinds = kinds.compactMap(\.self)
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
