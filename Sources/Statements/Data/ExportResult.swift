import Language
import SourceText

/// `export $x to FILE [as FORMAT]`: writes an answer.
enum ExportResultStatement: Statement {
  static let form = Form(
    "export result", in: .data,
    ["export", .result, .exported],
    summary: "write an answer to a file",
    meaning: """
      Formats are csv, tsv, json, jsonl, markdown, svg, html and, made of the svg by librsvg's command line, png \
      and pdf; without as the ending of the file name decides. \
      The canonical question stands in all of them but csv, tsv and jsonl.
      """,
    examples: [
      "export $main to \"main.json\"",
      "export $_ to \"last.csv\" as csv",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let name = parsed.variable("result") else { throw .incomplete(parsed) }
    let target = try ExportTarget(parsed, among: FileFormat.answers)
    let answer = try session.answer(behind: name)
    let warnings = try session.write(answer, to: target)
    return .done("wrote $\(name.text) to '\(target.file)'", warnings: warnings)
  }
}
