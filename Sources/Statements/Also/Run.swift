import Language

/// `run FILE`.
package enum RunStatement {
  static let form = Form(
    "run", in: .also,
    ["run", .slot("file", .file)],
    summary: "run the statements of a file",
    meaning: """
      As if they were typed here, up to the first that fails.
      """,
    examples: [
      "run \"review.way\"",
      "run \"scripts/q3.way\"",
    ])
}
