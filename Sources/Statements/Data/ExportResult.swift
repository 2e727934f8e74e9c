import Language

/// `export $x to FILE [as FORMAT]`: writes an answer.
package enum ExportResultStatement {
  static let form = Form(
    "export result", in: .data,
    ["export", .result, .exported],
    summary: "write an answer to a file",
    meaning: """
      Formats are csv, tsv, json, jsonl, markdown, svg and html; without as the ending of the file name decides. \
      The canonical question stands in json, markdown, svg and html, and not in csv, tsv and jsonl.
      """,
    examples: [
      "export $main to \"main.json\"",
      "export $_ to \"last.csv\" as csv",
    ])
}
