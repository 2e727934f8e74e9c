import Language

/// `save [FILE]`: keeps the workspace in a file.
package enum SaveStatement {
  static let form = Form(
    "save", in: .data,
    ["save", .optional([.slot("file", .file)])],
    summary: "write the workspace to a file",
    meaning: """
      A workspace with a file is saved at every change, so save alone only matters for one that lives in memory \
      and says so when there is nothing to do. With a file name it writes a copy and goes on in the copy.
      """,
    examples: [
      "save \"copy.waymark\"",
      "save \"before-the-workshop.waymark\"",
    ])
}
