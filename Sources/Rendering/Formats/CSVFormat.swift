import JourneyQuery
import SourceText

/// Comma-separated values, quoted after RFC 4180, one record a line.
///
/// - A field is quoted when it holds a comma, a quote, a line break or a blank at an end, or is an empty text; a missing value is an
///   empty field without quotes, so the two stay apart.
/// - Lines end with `\n`, as shells and databases write them. Several tables are united, with their titles in a first column; a table of
///   one column writes a missing value as `""`, so that no record is an empty line.
/// - Data stay data, a text that a spreadsheet would run too, unless the context has `Formulas.safe`.
struct CSVFormat: AnswerFormat {
  static let isForPrograms = true
  static let endings = ["csv"]

  func text(of answer: Answer, in context: RenderingContext) throws(ExecutionError) -> String {
    try lines(answer.united, context)
  }

  private func lines(_ table: Table, _ context: RenderingContext) throws(ExecutionError) -> String {
    let columns = try table.columnTexts(in: context)
    guard !columns.isEmpty else { return "" }
    let field = { (text: String) in Self.quoted(context.formulas.written(text)) }
    var text = ExactText.columnNames(table, columns).map(field).joined(separator: ",") + "\n"
    for row in table.rows {
      try context.run.check()
      for (index, column) in columns.enumerated() {
        if index > 0 { text += "," }
        let value = ExactText.text(row.cell(index), inDurationColumn: column.isDuration)
        text += value.map(field) ?? (columns.count == 1 ? "\"\"" : "")
      }
      text += "\n"
    }
    return text
  }

  func formulaCount(in answer: Answer, _ run: Run) throws(ExecutionError) -> Int {
    try answer.united.textFields(run).count { Formulas.isFormula($0.utf8) }
  }

  static func quoted(_ field: String) -> String {
    let needsQuotes =
      field.isEmpty || field.utf8.first == 0x20 || field.utf8.last == 0x20
      || field.utf8.contains { [UInt8(ascii: ","), UInt8(ascii: "\""), 0x0A, 0x0D].contains($0) }
    guard needsQuotes else { return field }
    var text = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { text += "\"" }
      text.unicodeScalars.append(scalar)
    }
    return text + "\""
  }
}
