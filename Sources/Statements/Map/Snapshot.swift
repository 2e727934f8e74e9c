import Language

/// `snapshot NAME`.
package enum SnapshotStatement {
  static let form = Form(
    "snapshot", in: .map,
    ["snapshot", .slot("name", .name(.new))],
    summary: "give the state of the map a name to compare with later",
    meaning: """
      Show diff since takes the name. Snapshots cost next to nothing and are kept in the workspace.
      """,
    examples: [
      "snapshot before-workshop",
      "snapshot \"after the pilot\"",
    ])
}
