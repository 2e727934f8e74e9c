import JourneyQuery

extension Answer {
  /// Whether a cell of its tables reads so where people see it, or as programs are given it; capitals do not matter.
  package func hasCell(reading text: String, in context: RenderingContext, _ run: Run) throws(ExecutionError) -> Bool {
    let wanted = text.lowercased()
    for table in tables {
      let texts = try table.columnTexts(in: context)
      for row in table.rows {
        try run.check()
        for column in table.columns.indices {
          let cell = row.cell(column)
          if texts[column].human(cell).lowercased() == wanted { return true }
          if ExactText.text(cell, inDurationColumn: false)?.lowercased() == wanted { return true }
        }
      }
    }
    return false
  }
}
