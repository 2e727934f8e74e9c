import Interchange
import JourneyQuery
import Language
import Rendering
import SourceText

/// `export map [NAME] to FILE [as FORMAT]`: writes a map.
enum ExportMapStatement: Statement {
  static let form = Form(
    "export map", in: .data,
    ["export", "map", .optional([.slot("map", .name(.map))]), .exported],
    summary: "write a map to a file: data, a diagram or a picture",
    meaning: """
      Formats are yaml, json, mermaid, markdown, csv, svg, html and, made of the svg by librsvg's command line, \
      png and pdf; without as the ending of the file name decides. The file is a function of the map alone, so \
      equal maps give equal bytes; pictures also show reach and conversion when events are loaded.
      """,
    examples: [
      "export map to \"shop.svg\"",
      "export map shop to \"shop.mmd\" as mermaid",
      "export map to \"shop.yaml\"",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let map = try session.map(parsed.name("map"), at: parsed.span)
    let target = try ExportTarget(parsed, among: FileFormat.maps)
    let sentence = "wrote map '\(map.name)' to '\(target.file)'"
    if let format = MapFormat(rawValue: target.format) {
      let writing = try session.apart { [formulas = session.formulas] () throws(ExecutionError) in
        format.write(map, formulas: formulas)
      }
      try session.files.write(writing.text, to: target.file, at: target.span)
      return .done(sentence, warnings: writing.warnings + session.remarks(onFormulas: writing.formulaCount))
    }
    let reading = try session.reading(of: map)
    let text = try session.apart { [run = session.run] () throws(ExecutionError) in
      let picture = try MapPicture(map, reading: reading, run)
      return target.format == "html" ? try picture.html : try picture.svg
    }
    try session.write(text, to: target)
    return .done(sentence)
  }
}
