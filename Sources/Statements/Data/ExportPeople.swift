import Language
import SourceText

/// `export people $x [lost] at STEP to FILE`: writes customers.
enum ExportPeopleStatement: Statement {
  static let form = Form(
    "export people", in: .data,
    ["export", "people", .result, .reached, .clauses(.ofPeople), .exported],
    summary: "write the customers behind an answer to a file",
    meaning: """
      One customer a row. With at, those who reached a step; with lost at, those who reached it and went no \
      further; of conform those who skipped a stage or made an extra visit to it: the same people that the answer \
      counted. Clauses are those of people.
      """,
    examples: [
      "export people $main lost at cart_added to \"carts.csv\"",
      "export people $main with device, country to \"everyone.csv\"",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    try session.files.door.check()
    let target = try ExportTarget(parsed, among: FileFormat.answers)
    let answer = try PeopleStatement.answer(parsed, session.resolver(), in: session)
    let warnings = try session.write(answer, to: target)
    let count = answer.tables.first?.rows.count ?? 0
    return .done("wrote \(count.counted("customer")) to '\(target.file)'", warnings: warnings)
  }

  static func sortableColumns(
    _ parsed: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> [String] {
    try PeopleStatement.sortableColumns(parsed, resolver, in: session)
  }
}
