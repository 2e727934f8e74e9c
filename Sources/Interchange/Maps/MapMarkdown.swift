import JourneyModel
import SourceText

/// A map as a document to read, and the map of the first journey diagram in a document.
enum MapMarkdown {
  static func text(of map: JourneyMap) -> String {
    MapMarkdownWriter(map).text
  }

  /// The map of the first journey diagram in a Markdown text.
  static func read(_ text: String, _ source: MapSource, name: String) throws(Diagnostic) -> MapReading {
    let lines = text.withLineFeeds.split(separator: "\n", omittingEmptySubsequences: false)
    var start: Int?
    var fence = ""
    for (index, line) in lines.enumerated() {
      let content = String(line).trimmed
      if let open = start {
        guard content.hasPrefix(fence), content.allSatisfy({ $0 == fence.first }) else { continue }
        let diagram = lines[open..<index].joined(separator: "\n")
        if isJourney(diagram) {
          // Blank lines in front keep the lines of the diagram those of the file.
          return try MapMermaid.read(String(repeating: "\n", count: open) + diagram, source, name: name)
        }
        start = nil
      } else if let sign = content.first, sign == "`" || sign == "~" {
        fence = String(content.prefix { $0 == sign })
        let language = content.dropFirst(fence.count).split(separator: " ").first ?? ""
        if fence.count >= 3, language.lowercased() == "mermaid" { start = index + 1 }
      }
    }
    throw source.error(
      .mapMarkdown, "the document holds no journey diagram", at: Mark(line: 1, column: 1), hint: "```mermaid")
  }

  private static func isJourney(_ diagram: String) -> Bool {
    do {
      _ = try MermaidJourney(diagram)
      return true
    } catch {
      return error.code != .mermaidNotAJourney
    }
  }
}

extension DiagnosticCode {
  package static let mapMarkdown = DiagnosticCode(
    "map.markdown", "The Markdown document holds no Mermaid journey diagram to read.")
  package static let mermaidNotAJourney = DiagnosticCode(
    "mermaid.not-a-journey", "The diagram does not begin with journey.")
}
