import JourneyQuery
import SourceText

/// One JSON object: `question` (absent if the answer has none), `tables` (an object with a list of rows per table, by its title, `rows`
/// for one without), `notes`, `warnings`, `figures`. A row is an object by column name, keys in column order. A missing value, and a
/// number that is not finite, is null.
struct JSONFormat: AnswerFormat {
  static let isForPrograms = true
  static let endings = ["json"]

  func text(of answer: Answer, in context: RenderingContext) throws(ExecutionError) -> String {
    var members: [(String, String)] = []
    if !answer.question.isEmpty { members.append(("question", JSONText.string(answer.question))) }
    let tables = try context.run.map(zip(answer.tableNames, answer.tables.map(\.plain))) {
      (title, table) throws(ExecutionError) in
      (title, try rows(table, context))
    }
    members.append(("tables", Self.object(tables, indent: "  ")))
    if !answer.notes.isEmpty {
      members.append(("notes", Self.list(answer.notes.map(JSONText.string), indent: "  ")))
    }
    if !answer.warnings.isEmpty {
      let warnings = answer.warnings.map {
        JSONText.object([("code", JSONText.string($0.code.name)), ("message", JSONText.string($0.message))])
      }
      members.append(("warnings", Self.list(warnings, indent: "  ")))
    }
    if !answer.figures.isEmpty {
      let names = ExactText.unique(
        answer.figures.map { figure in
          if case .duration = figure.value {
            figure.name + " (s)"
          } else {
            figure.name + (figure.isDuration ? " (s)" : "")
          }
        })
      let figures = zip(names, answer.figures).map { ($0, JSONText.value($1.value, inDurationColumn: true)) }
      members.append(("figures", JSONText.object(figures)))
    }
    return Self.object(members, indent: "") + "\n"
  }

  private func rows(_ table: Table, _ context: RenderingContext) throws(ExecutionError) -> String {
    let columns = try table.columnTexts(in: context)
    let names = ExactText.columnNames(table, columns)
    return Self.list(try context.run.map(table.rows) { JSONText.row($0, names, columns) }, indent: "    ")
  }

  /// One member a line.
  private static func object(_ members: [(String, String)], indent: String) -> String {
    guard !members.isEmpty else { return "{}" }
    let lines = members.map { "\(indent)  \(JSONText.string($0.0)): \($0.1)" }
    return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
  }

  /// One item a line.
  private static func list(_ items: [String], indent: String) -> String {
    guard !items.isEmpty else { return "[]" }
    return "[\n" + items.map { "\(indent)  \($0)" }.joined(separator: ",\n") + "\n\(indent)]"
  }
}

/// JSON (RFC 8259) on one line.
enum JSONText {
  static func row(_ row: [Cell], _ names: [String], _ columns: [ColumnText]) -> String {
    object(members(row, names, columns))
  }

  static func members(_ row: [Cell], _ names: [String], _ columns: [ColumnText]) -> [(String, String)] {
    columns.indices.map { (names[$0], value(row.cell($0), inDurationColumn: columns[$0].isDuration)) }
  }

  static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\(string($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
  }

  /// Durations are numbers of seconds where the name says so, else text such as `90s`.
  static func value(_ cell: Cell, inDurationColumn: Bool) -> String {
    switch cell {
    case .missing, .unobserved: return "null"
    case .number(let value) where !value.isFinite, .share(let value) where !value.isFinite: return "null"
    case .integer, .bytes, .number, .share, .probability, .rate, .estimate, .truth: break
    case .duration where inDurationColumn: break
    case .course(let values):
      return "["
        + values.map { value($0.map(Cell.number) ?? .missing, inDurationColumn: false) }.joined(separator: ", ") + "]"
    case .text, .unfinished, .instant, .duration: return string(ExactText.text(cell, inDurationColumn: false) ?? "")
    }
    return ExactText.text(cell, inDurationColumn: inDurationColumn) ?? "null"
  }

  /// Quoted; control characters of both blocks and the line separators are escaped, the rest stays UTF-8.
  static func string(_ text: String) -> String {
    let escaped = text.escaped { scalar in
      switch scalar {
      case "\"": return "\\\""
      case "\\": return "\\\\"
      case "\n": return "\\n"
      case "\r": return "\\r"
      case "\t": return "\\t"
      default:
        guard scalar.isUnsafeToShow else { return nil }
        // Every unsafe scalar lies in the basic plane: one unit of four digits.
        let digits = String(scalar.value, radix: 16)
        return "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)"
      }
    }
    return "\"\(escaped)\""
  }
}
