import Interchange
import JourneyModel
import Language
import SourceText
import Workspace

/// `load map FILE`: reads a journey map.
enum LoadMapStatement: Statement {
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

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    guard let written = parsed.text("file") else { throw .incomplete(parsed) }
    let format = try parsed.name("format").map { (name) throws(Diagnostic) in
      guard let format = MapFormat(rawValue: name.text) else {
        throw .unknown(.formatUnknown, "format of maps", name, among: MapFormat.allCases.map(\.rawValue))
      }
      return format
    }
    let file = try session.files.existing(written, at: parsed.span(of: "file"))
    let name = parsed.name("name")?.text
    let read = try Diagnostic.locating(reading: written, at: parsed.span(of: "file")) { () throws(Diagnostic) in
      try session.apart { Result { () throws(Diagnostic) in try MapFile.read(file, format: format, name: name) } }.get()
    }
    let map = read.map
    let replaces = try session.attempt(session.workspace.mapNames().contains(map.name))
    try session.attempt(at: parsed.span(of: "file")) { () throws(WorkspaceError) in
      try session.workspace.addMap(
        map, replacing: true, at: session.now(), statement: Forms.grammar.canonical(parsed))
    }
    let verb = replaces ? "loaded anew" : "loaded"
    return .done(
      "\(verb) map '\(map.name)': \(map.census)", warnings: read.warnings.map { $0.withFolder(of: written) })
  }
}

extension DiagnosticCode {
  package static let formatUnknown = DiagnosticCode(
    "format.unknown", "The ending of the file name says no format; as FORMAT does.")
}
