import JourneyQuery

/// A JSON object a line and row. Rows of an answer with several tables begin with the key `table`, the table's title.
struct JSONLinesFormat: AnswerFormat {
  static let isForPrograms = true
  static let endings = ["jsonl", "ndjson"]

  func text(of answer: Answer, in context: RenderingContext) throws(ExecutionError) -> String {
    let isOne = answer.tables.count == 1
    var text = ""
    for (title, table) in zip(answer.tableNames, answer.tables.map(\.plain)) {
      let columns = try table.columnTexts(in: context)
      let names = ExactText.columnNames(table, columns, reserved: isOne ? [] : ["table"])
      for row in table.rows {
        try context.run.check()
        let members = JSONText.members(row, names, columns)
        text += JSONText.object(isOne ? members : [("table", JSONText.string(title))] + members) + "\n"
      }
    }
    return text
  }
}
