import Language

/// `open FILE`: goes on in another workspace.
package enum OpenStatement {
  static let form = Form(
    "open", in: .data,
    ["open", .slot("file", .file)],
    summary: "open a workspace file, made if it is not there",
    meaning: """
      Everything in the workspace comes back as it was left: maps with their history, events, saved results. The \
      workspace that was open before is closed; one without a file is asked about when it has unsaved edits.
      """,
    examples: [
      "open \"shop.waymark\"",
      "open \"reviews/2025-q3.waymark\"",
    ])
}
