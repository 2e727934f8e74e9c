import JourneyModel
import SourceText

/// The formats of maps. YAML, JSON and CSV hold all of a map; Mermaid holds its stages, touchpoints, emotions and personas; Markdown
/// is for reading, and is read by the journey diagram in it.
package enum MapFormat: String, CaseIterable, Sendable {
  case yaml, json, mermaid, markdown, csv

  /// What names of such files end with.
  package static let endings = allCases.flatMap(\.endings) + ["tsv"]

  /// By the ending of a file's name, in any case; nil for any other ending.
  package init?(fileName: String) {
    let base = fileName.split(separator: "/").last ?? ""
    guard let dot = base.lastIndex(of: ".") else { return nil }
    let ending = base[base.index(after: dot)...].lowercased()
    // Tabs part fields as well.
    guard let format = Self.allCases.first(where: { $0.endings.contains(ending) }) ?? (ending == "tsv" ? .csv : nil)
    else { return nil }
    self = format
  }

  /// Of files in it, without the dot, the usual one first.
  package var endings: [String] {
    switch self {
    case .yaml: ["yaml", "yml"]
    case .json: ["json"]
    case .mermaid: ["mmd", "mermaid"]
    case .markdown: ["md", "markdown"]
    case .csv: ["csv"]
    }
  }

  /// By how a text begins; nil where it looks like none of them.
  package init?(content: String) {
    let lines = content.split(whereSeparator: \.isNewline).lazy
      .map { $0.drop(while: \.isWhitespace) }.filter { !$0.isEmpty }
    guard let first = lines.first else { return nil }
    let keys = ["map:", "title:", "notes:"] + ElementKind.allCases.map { $0.plural + ":" }
    if first.hasPrefix("{") {
      self = .json
    } else if lines.contains(where: { $0.lowercased().hasPrefix("```mermaid") }) {
      self = .markdown
    } else if (try? MermaidJourney(content)) != nil {
      self = .mermaid
    } else if first.lowercased().hasPrefix("kind"), first.contains("name") {
      self = .csv
    } else if lines.contains(where: { line in keys.contains { line.hasPrefix($0) } }) {
      self = .yaml
    } else {
      return nil
    }
  }

  /// Reads a map from `text`. `file` stands in the places of errors and warnings; `name` is what the map is called where the text
  /// does not say so.
  package func read(_ text: String, file: String, name: String) throws(Diagnostic) -> MapReading {
    let source = MapSource(file: file)
    switch self {
    case .yaml: return try MapDocumentReader.map(of: source.yamlDocument(text), in: source, named: name)
    case .json: return try MapDocumentReader.map(of: source.jsonDocument(text), in: source, named: name)
    case .mermaid: return try MapMermaid.read(text, source, name: name)
    case .markdown: return try MapMarkdown.read(text, source, name: name)
    case .csv: return try MapCSV.read(text, source, name: name)
    }
  }

  /// The text of a map: a pure function of it, with a line break at its end.
  ///
  /// - Parameter formulas: in CSV.
  package func write(_ map: JourneyMap, formulas: Formulas = .plain) -> MapWriting {
    switch self {
    case .yaml: MapWriting(text: MapYAML.text(of: map), warnings: [])
    case .json: MapWriting(text: MapJSON.text(of: map), warnings: [])
    case .mermaid: MapMermaid.write(map)
    case .markdown: MapWriting(text: MapMarkdown.text(of: map), warnings: [])
    case .csv: MapCSV.write(map, formulas)
    }
  }
}
