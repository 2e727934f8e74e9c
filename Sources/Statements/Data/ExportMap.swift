import Language

/// `export map [NAME] to FILE [as FORMAT]`: writes a map.
package enum ExportMapStatement {
  static let form = Form(
    "export map", in: .data,
    ["export", "map", .optional([.slot("map", .name(.map))]), .exported],
    summary: "write a map to a file: data, a diagram or a picture",
    meaning: """
      Formats are yaml, json, mermaid, markdown, csv, svg and html; without as the ending of the file name \
      decides. The file is a function of the map alone, so equal maps give equal bytes; svg and html also show \
      reach and conversion when events are loaded.
      """,
    examples: [
      "export map to \"shop.svg\"",
      "export map shop to \"shop.mmd\" as mermaid",
      "export map to \"shop.yaml\"",
    ])
}
