import Language

/// `load map FILE`: reads a journey map.
package enum LoadMapStatement {
  static let form = Form(
    "load map", in: .data,
    [
      "load", "map", .slot("file", .file), .optional(["format", .slot("format", .name(.format))]), .named,
    ],
    summary: "read a journey map from YAML, JSON or Mermaid",
    meaning: """
      The format follows from the ending of the file name (.yaml, .json, .mmd) unless it is given. Without as, \
      the map keeps the name in the file, else that of the file. The map becomes the one in use.
      """,
    examples: [
      "load map \"shop.yaml\"",
      "load map \"shop.mmd\" format mermaid as draft",
    ])
}
