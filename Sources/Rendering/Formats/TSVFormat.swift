import JourneyQuery
import SourceText

/// Tab-separated values: no quotes; within a field a tab is `\t`, a line break `\n` or `\r`, a backslash `\\`. A missing value and an
/// empty text are both an empty field. Several tables are united, with their titles in a first column.
struct TSVFormat: AnswerFormat {
  static let isForPrograms = true
  static let endings = ["tsv"]

  func text(of answer: Answer, in context: RenderingContext) throws(ExecutionError) -> String {
    try lines(answer.united, context)
  }

  private func lines(_ table: Table, _ context: RenderingContext) throws(ExecutionError) -> String {
    let columns = try table.columnTexts(in: context)
    guard !columns.isEmpty else { return "" }
    let field = { (text: String) in context.formulas.written(Self.escaped(text)) }
    let header = ExactText.columnNames(table, columns).map(field).joined(separator: "\t")
    let records = try context.run.map(table.rows) { row in
      columns.indices.map { index in
        field(ExactText.text(row.cell(index), inDurationColumn: columns[index].isDuration) ?? "")
      }.joined(separator: "\t")
    }
    return ([header] + records).joined(separator: "\n") + "\n"
  }

  func formulaCount(in answer: Answer, _ run: Run) throws(ExecutionError) -> Int {
    try answer.united.textFields(run).count { Formulas.isFormula(Self.escaped($0).utf8) }
  }

  static func escaped(_ field: String) -> String {
    guard field.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\\") }) else { return field }
    return field.escaped { scalar in
      switch scalar {
      case "\t": "\\t"
      case "\n": "\\n"
      case "\r": "\\r"
      case "\\": "\\\\"
      default: nil
      }
    }
  }
}
