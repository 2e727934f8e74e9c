import JourneyModel
import SourceText

/// A map as a document to read: the journey diagram, then a chapter for each stage with its touchpoints as a table and what hangs
/// under them as lists, then personas, channels, KPIs and goals. Read back, it is the map of its diagram.
enum MapMarkdown {
  static func text(of map: JourneyMap) -> String {
    var blocks = ["# " + escaped(map.heading)]
    blocks += map.notes.map {
      "> "
        + $0.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }.joined(
          separator: "\n> ")
    }
    if !map.all(.touchpoint).isEmpty { blocks.append("```mermaid\n" + MapMermaid.text(of: map) + "```") }
    for stage in map.all(.stage) { blocks += chapter(of: stage, in: map) }
    for kind in [ElementKind.persona, .channel, .kpi, .goal] {
      let elements = map.all(kind).filter { $0.parent == nil }
      guard !elements.isEmpty else { continue }
      blocks.append("## " + heading(of: kind))
      blocks.append(list(elements, in: map))
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private static func chapter(of stage: Element, in map: JourneyMap) -> [String] {
    var blocks = ["## " + escaped(stage.name)]
    let facts = facts(of: stage)
    if !facts.isEmpty { blocks.append(facts) }
    let touchpoints = map.children(of: stage.reference, .touchpoint)
    if !touchpoints.isEmpty { blocks.append(table(of: touchpoints)) }
    for kind in ElementKind.allCases where kind != .touchpoint {
      // What hangs under the stage itself comes first, then touchpoint by touchpoint.
      let elements = ([stage] + touchpoints).flatMap { map.children(of: $0.reference, kind) }
      guard !elements.isEmpty else { continue }
      blocks.append("### " + heading(of: kind))
      blocks.append(list(elements, in: map))
    }
    return blocks
  }

  private static func table(of touchpoints: [Element]) -> String {
    let shown = Attribute.allCases.filter { attribute in touchpoints.contains { $0.attributes[attribute] != nil } }
    let hasLinks = touchpoints.contains { !$0.links.isEmpty }
    var header = ["touchpoint"] + shown.map(\.rawValue)
    if hasLinks { header.append("events") }
    var lines = [header, header.map { _ in "---" }]
    for touchpoint in touchpoints {
      let values = shown.map { attribute in
        escaped((touchpoint.attributes[attribute] ?? []).map(\.text).joined(separator: ", "))
      }
      let links = hasLinks ? [touchpoint.links.map(code).joined(separator: ", ")] : []
      lines.append([escaped(touchpoint.name)] + values + links)
    }
    return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  /// One item for each element, with what hangs under it below it; as deep as kinds hang under each other.
  private static func list(_ elements: [Element], in map: JourneyMap, indent: String = "") -> String {
    elements.map { element in
      var item = "\(indent)- **\(escaped(element.name))**"
      if indent.isEmpty, element.parent?.kind == .touchpoint, let parent = element.parent {
        item += " (\(escaped(parent.name)))"
      }
      let facts = facts(of: element)
      if !facts.isEmpty { item += ": " + facts }
      let below = element.kind == .stage || element.kind == .touchpoint ? [] : map.children(of: element.reference)
      return below.isEmpty ? item : item + "\n" + list(below, in: map, indent: indent + "  ")
    }.joined(separator: "\n")
  }

  /// Attributes, meaning and, under another element, the kind: `severity 4, owner Ada, as …`.
  private static func facts(of element: Element) -> String {
    var facts = element.kind == .opportunity ? ["opportunity"] : []
    for attribute in Attribute.allCases {
      guard let values = element.attributes[attribute] else { continue }
      facts.append("\(attribute.rawValue) \(escaped(values.map(\.text).joined(separator: ", ")))")
    }
    if let meaning = element.meaning { facts.append(code(meaning)) }
    return facts.joined(separator: "; ")
  }

  private static func heading(of kind: ElementKind) -> String {
    if kind == .kpi { return "KPIs" }
    return kind.plural.prefix(1).uppercased() + kind.plural.dropFirst()
  }

  /// A text that Markdown shows as it is, in a table too.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": escaped += "<br>"
      case "<": escaped += "&lt;"
      case "&": escaped += "&amp;"
      case "\\", "`", "*", "_", "[", "]", "|", "#", "~": escaped += "\\\(scalar)"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// A text in code, between more backticks than it holds in a row.
  private static func code(_ text: String) -> String {
    let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    let edge = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    return fence + edge + text.replacing("\n", with: " ").replacing("|", with: "\\|") + edge + fence
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
        // Blank lines in front keep the lines of the diagram those of the file.
        let diagram = String(repeating: "\n", count: open) + lines[open..<index].joined(separator: "\n")
        if isJourney(diagram) { return try MapMermaid.read(diagram, source, name: name) }
        start = nil
      } else if let sign = content.first, sign == "`" || sign == "~" {
        fence = String(content.prefix { $0 == sign })
        let language = content.dropFirst(fence.count).split(separator: " ").first ?? ""
        if fence.count >= 3, language.lowercased() == "mermaid" { start = index + 1 }
      }
    }
    throw source.error(
      "map.markdown", "the document holds no journey diagram", at: Mark(line: 1, column: 1), hint: "```mermaid")
  }

  private static func isJourney(_ diagram: String) -> Bool {
    do {
      _ = try MermaidJourney(diagram)
      return true
    } catch {
      return error.code != "mermaid.not-a-journey"
    }
  }
}
