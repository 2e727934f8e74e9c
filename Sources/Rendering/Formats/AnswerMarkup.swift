import JourneyQuery

/// An answer as the body of a page has it: question, tables with their pictures, notes, warnings; not its heading.
struct AnswerMarkup {
  /// Markup, a line or more each.
  private(set) var lines: [String] = []
  /// Rules for what it draws, beside those of all pages, each once.
  private(set) var styles: [String] = []

  /// - Parameter id: what ids of its pictures begin with; nothing else of the page has it.
  init(_ answer: Answer, id: String = "chart", in context: RenderingContext) throws(ExecutionError) {
    if !answer.question.isEmpty {
      lines.append("<p class=\"question\"><code>\(answer.question.markupEscaped)</code></p>")
    }
    let tables = answer.shown
    for (index, table) in tables.enumerated() {
      if let figure = try ChartFigure(table, id: "\(id)\(index + 1)", in: context) {
        lines.append(figure.markup)
        for style in [ChartFigure.style, figure.style] where !styles.contains(style) { styles.append(style) }
      }
      lines.append(try TableMarkup(table, isTitled: tables.count > 1, in: context).text)
    }
    lines += answer.notes.map { "<p class=\"note\">\($0.markupEscaped)</p>" }
    lines += answer.warnings.map {
      "<p class=\"warning\">\($0.text.markupEscaped)</p>"
    }
  }
}
