import Language

/// `new workspace FILE`: begins an empty workspace file.
package enum NewWorkspaceStatement {
  static let form = Form(
    "new workspace", in: .data,
    ["new", "workspace", .slot("file", .file)],
    summary: "make a new, empty workspace file and open it",
    meaning: """
      The file must not be there yet. To keep what is open now under another name, use save.
      """,
    examples: [
      "new workspace \"q3.waymark\"",
      "new workspace \"workshop.waymark\"",
    ])
}
