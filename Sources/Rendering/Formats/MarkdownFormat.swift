import JourneyQuery
import SourceText

/// GitHub-flavoured Markdown: the question as code, a heading per table where there are several, notes and warnings as a list.
struct MarkdownFormat: AnswerFormat {
  static let endings = ["md", "markdown"]

  func text(of answer: Answer, in context: RenderingContext) throws(ExecutionError) -> String {
    var blocks: [String] = []
    if let heading = answer.heading { blocks.append("# " + MarkdownText.escaped(heading)) }
    if !answer.question.isEmpty { blocks.append(MarkdownText.code(answer.question)) }
    let tables = answer.shown
    for table in tables {
      if tables.count > 1, let title = table.title { blocks.append("### " + MarkdownText.escaped(title)) }
      blocks.append(try lines(table, context).joined(separator: "\n"))
    }
    let remarks =
      answer.notes.map { "- " + MarkdownText.escaped($0) }
      + answer.warnings.map { "- **warning:** \(MarkdownText.escaped($0.message)) \(MarkdownText.code($0.code.name))" }
    if !remarks.isEmpty { blocks.append(remarks.joined(separator: "\n")) }
    return blocks.isEmpty ? "" : blocks.joined(separator: "\n\n") + "\n"
  }

  private func lines(_ table: Table, _ context: RenderingContext) throws(ExecutionError) -> [String] {
    let columns = try table.columnTexts(in: context)
    let header = table.columns.map { MarkdownText.escaped($0.name) }
    let rules = columns.map { $0.isFigure ? "---:" : "---" }
    let rows = try context.run.map(table.rows) { row in
      columns.indices.map { MarkdownText.escaped(columns[$0].human(row.cell($0))) }
    }
    return ([header, rules] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
  }
}

/// Pieces of CommonMark.
enum MarkdownText {
  /// Text that is shown as it is: marks that would format it are escaped, line breaks are `<br>`, other control characters visible.
  static func escaped(_ text: String) -> String {
    var shown = ""
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "\\", "`", "*", "[", "]", "<", ">", "|", "~", "&", "#":
        shown += "\\"
        shown.unicodeScalars.append(scalar)
      case "_":
        // Within a word it formats nothing, and `add_to_cart` stays readable.
        let isWithin =
          index > 0 && index + 1 < scalars.count && isWord(scalars[index - 1]) && isWord(scalars[index + 1])
        shown += isWithin ? "_" : "\\_"
      case "\n": shown += "<br>"
      default: shown += scalar.isUnsafeToShow ? "\\" + String(scalar).withVisibleControls() : String(scalar)
      }
    }
    return shown
  }

  /// A code span, fenced by more backticks than the text has in a row.
  static func code(_ text: String) -> String {
    let shown = text.withVisibleControls()
    let longest = shown.split(whereSeparator: { $0 != "`" }).map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    let pad = shown.hasPrefix("`") || shown.hasSuffix("`") ? " " : ""
    return fence + pad + shown + pad + fence
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
