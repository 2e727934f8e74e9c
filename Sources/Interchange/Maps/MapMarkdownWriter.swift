import JourneyModel

/// Writes a map as Markdown (with the tables of GitHub): the journey diagram, then a chapter for each stage with its touchpoints as
/// a table and what hangs under them as lists, then personas, channels, KPIs and goals. O(elements).
struct MapMarkdownWriter {
  private let map: JourneyMap
  private let children: [ElementReference?: [Element]]

  init(_ map: JourneyMap) {
    self.map = map
    children = Dictionary(grouping: map.elements, by: \.parent)
  }

  var text: String {
    var blocks = ["# " + escaped(map.heading)]
    blocks += map.notes.map { note in
      let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
      return lines.map { "> " + escaped(String($0)) }.joined(separator: "\n")
    }
    if !map.all(.touchpoint).isEmpty { blocks.append("```mermaid\n" + MapMermaid.text(of: map) + "```") }
    for stage in map.all(.stage) { blocks += chapter(of: stage) }
    for kind in ElementKind.allCases where kind != .stage {
      let elements = below(nil, kind)
      if !elements.isEmpty { blocks += ["## " + heading(of: kind), list(elements)] }
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private func below(_ parent: ElementReference?, _ kind: ElementKind) -> [Element] {
    (children[parent] ?? []).filter { $0.kind == kind }
  }

  private func chapter(of stage: Element) -> [String] {
    var blocks = ["## " + escaped(stage.name)]
    let facts = facts(of: stage)
    if !facts.isEmpty { blocks.append(facts.joined(separator: "; ")) }
    let touchpoints = below(stage.reference, .touchpoint)
    if !touchpoints.isEmpty { blocks.append(table(of: touchpoints)) }
    for kind in ElementKind.allCases where kind != .touchpoint {
      // What hangs under the stage itself comes first, then touchpoint by touchpoint.
      let elements = ([stage] + touchpoints).flatMap { below($0.reference, kind) }
      if !elements.isEmpty { blocks += ["### " + heading(of: kind), list(elements)] }
    }
    return blocks
  }

  /// A row for each touchpoint, a column for each attribute that any of them has.
  private func table(of touchpoints: [Element]) -> String {
    let shown = Attribute.allCases.filter { attribute in touchpoints.contains { has($0, attribute) } }
    let hasLinks = touchpoints.contains { !$0.links.isEmpty }
    let header = ["touchpoint"] + shown.map(\.rawValue) + (hasLinks ? ["events"] : [])
    var rows = [header, header.map { _ in "---" }]
    for touchpoint in touchpoints {
      let links = touchpoint.links.map { code($0).replacing("|", with: "\\|") }
      rows.append(
        [escaped(touchpoint.name)] + shown.map { values(of: touchpoint, $0) }
          + (hasLinks ? [links.joined(separator: ", ")] : []))
    }
    return rows.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  /// An item for each element, with what hangs under it below it; as deep as kinds hang under each other.
  private func list(_ elements: [Element], indent: String = "") -> String {
    elements.map { element in
      var item = "\(indent)- **\(escaped(element.name))**"
      var facts = facts(of: element)
      if !indent.isEmpty {
        facts.insert(element.kind.rawValue, at: 0)
      } else if let parent = element.parent, parent.kind == .touchpoint {
        item += " (\(escaped(parent.name)))"
      }
      if !facts.isEmpty { item += ": " + facts.joined(separator: "; ") }
      let under = children[element.reference] ?? []
      return under.isEmpty ? item : item + "\n" + list(under, indent: indent + "  ")
    }.joined(separator: "\n")
  }

  /// Attributes and meaning: `severity 4`, `owner Ada`.
  private func facts(of element: Element) -> [String] {
    let attributes = Attribute.allCases.filter { has(element, $0) }
    return attributes.map { "\($0.rawValue) \(values(of: element, $0))" } + (element.meaning.map { [code($0)] } ?? [])
  }

  private func values(of element: Element, _ attribute: Attribute) -> String {
    let felt = attribute == .emotion ? element.emotions().map { "\($0.emotion) for \($0.persona)" } : []
    return escaped(((element.attributes[attribute] ?? []).map(\.text) + felt).joined(separator: ", "))
  }

  private func has(_ element: Element, _ attribute: Attribute) -> Bool {
    element.attributes[attribute] != nil || (attribute == .emotion && !element.emotions.isEmpty)
  }

  private func heading(of kind: ElementKind) -> String {
    kind == .kpi ? "KPIs" : kind.plural.prefix(1).uppercased() + kind.plural.dropFirst()
  }

  /// A text that Markdown shows as it is, in a table too.
  private func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": escaped += "<br>"
      case "\r": escaped += " "
      case "<": escaped += "&lt;"
      case "&": escaped += "&amp;"
      case "\\", "`", "*", "_", "[", "]", "|", "#", "~": escaped += "\\\(scalar)"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// A text in code, between more backticks than it holds in a row.
  private func code(_ text: String) -> String {
    let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    let edge = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    return fence + edge + text.replacing("\n", with: " ") + edge + fence
  }
}
