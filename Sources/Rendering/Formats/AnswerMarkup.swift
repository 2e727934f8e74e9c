import JourneyQuery

/// An answer as the body of a page has it: question, tables with their pictures, notes, warnings; not its heading.
struct AnswerMarkup {
  /// Markup, a line or more each.
  private(set) var lines: [String] = []
  /// Rules for what it draws, beside those of all pages, each once.
  private(set) var styles: [String] = []

  init(_ answer: Answer, in context: RenderingContext) throws(ExecutionError) {
    if !answer.question.isEmpty {
      lines.append("<p class=\"question\"><code>\(answer.question.markupEscaped)</code></p>")
    }
    let tables = answer.shown
    for table in tables {
      if case .order(let order)? = table.picture, let figure = OrderFigure(order) {
        lines.append(figure.markup)
        if !styles.contains(figure.style) { styles.append(figure.style) }
      }
      lines.append(try TableMarkup(table, isTitled: tables.count > 1, in: context).text)
    }
    lines += answer.notes.map { "<p class=\"note\">\($0.markupEscaped)</p>" }
    lines += answer.warnings.map {
      "<p class=\"warning\">warning: \($0.message.markupEscaped) [\($0.code.name.markupEscaped)]</p>"
    }
  }
}
