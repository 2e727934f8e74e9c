import JourneyModel

/// Writes a map as YAML (docs/MAPS.md): block style, a line for each thing said, keys in a fixed order, nothing folded. Texts are
/// plain where every YAML reader takes them for texts, else in double quotes; notes of several lines are literal blocks.
enum MapYAML {
  static func text(of map: JourneyMap) -> String {
    guard case .mapping(let entries) = DocumentNode(map).content else { return "" }
    var text = ""
    for entry in entries {
      // A blank line before each list of elements, and between stages, so that a long map can be read.
      if case .list = entry.value.content, entry.key != "notes" { text += "\n" }
      write(entry, indent: 0, to: &text, spaced: entry.key == ElementKind.stage.plural)
    }
    return text
  }

  private static func write(_ entry: DocumentNode.Entry, indent: Int, to text: inout String, spaced: Bool = false) {
    text += entry.key + ":"
    switch entry.value.content {
    case .scalar(let value, let isPlain):
      text += " " + (isPlain ? value : scalar(value, indent: indent)) + "\n"
    case .list(let items):
      if Attribute(rawValue: entry.key)?.content == .names {
        text += " [" + items.map { scalar($0) }.joined(separator: ", ") + "]\n"
        return
      }
      text += "\n"
      for (index, item) in items.enumerated() {
        if spaced, index > 0 { text += "\n" }
        write(item, indent: indent + 2, to: &text)
      }
    case .mapping(let entries):
      let pairs = entries.map { "\(key($0.key)): \(scalar($0.value))" }
      text += " {\(pairs.joined(separator: ", "))}\n"
    }
  }

  /// An item of a list.
  private static func write(_ item: DocumentNode, indent: Int, to text: inout String) {
    let margin = String(repeating: " ", count: indent)
    text += margin + "- "
    switch item.content {
    case .scalar(let value, let isPlain):
      text += (isPlain ? value : scalar(value, indent: indent)) + "\n"
    case .list:
      text += "[]\n"
    case .mapping(let entries):
      for (index, entry) in entries.enumerated() {
        if index > 0 { text += margin + "  " }
        write(entry, indent: indent + 2, to: &text)
      }
    }
  }

  private static func scalar(_ node: DocumentNode) -> String {
    guard case .scalar(let text, let isPlain) = node.content else { return "\"\"" }
    return isPlain || isPlainSafe(text, inFlow: true) ? text : quoted(text)
  }

  /// In braces; longer ones than YAML takes there stand behind a question mark.
  private static func key(_ text: String) -> String {
    let key = isPlainSafe(text, inFlow: true) ? text : quoted(text)
    return key.unicodeScalars.count > 1000 ? "? " + key + " " : key
  }

  private static func scalar(_ text: String, indent: Int) -> String {
    if isPlainSafe(text, inFlow: false) { return text }
    guard isBlockSafe(text) else { return quoted(text) }
    let margin = String(repeating: " ", count: indent + 2)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return "|-\n" + lines.map { $0.isEmpty ? "" : margin + $0 }.joined(separator: "\n")
  }

  /// Whether a text without quotes is this text and nothing else in YAML 1.1 and 1.2.
  private static func isPlainSafe(_ text: String, inFlow: Bool) -> Bool {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last, first != " ", last != " ", last != ":" else {
      return false
    }
    guard !"-?:,[]{}#&*!|>'\"%@`=<~".unicodeScalars.contains(first), !scalars.contains(where: mustEscape) else {
      return false
    }
    var previous = first
    for scalar in scalars.dropFirst() {
      if previous == ":", scalar == " " { return false }
      if previous == " ", scalar == "#" { return false }
      previous = scalar
    }
    if inFlow, scalars.contains(where: { ",[]{}:?".unicodeScalars.contains($0) }) { return false }
    return !looksLikeOtherKind(text)
  }

  /// Whether some YAML reader takes the plain text for a number, a date, a truth value or nothing.
  private static func looksLikeOtherKind(_ text: String) -> Bool {
    if ["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased()) { return true }
    guard let first = text.unicodeScalars.first, "0123456789+.".unicodeScalars.contains(first) else { return false }
    let numeric = "0123456789abcdefABCDEFxXoOtTzZ_:.+- ".unicodeScalars
    return text.unicodeScalars.allSatisfy { numeric.contains($0) } || text.lowercased().hasSuffix("inf")
      || text.lowercased() == ".nan"
  }

  /// Whether a literal block holds exactly this text.
  private static func isBlockSafe(_ text: String) -> Bool {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1, let first = lines.first, let last = lines.last, !first.isEmpty, !last.isEmpty else {
      return false
    }
    return !text.unicodeScalars.contains { $0 != "\n" && mustEscape($0) }
      && lines.allSatisfy { $0.first != " " && $0.last != " " }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      case _ where mustEscape(scalar):
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value > 0xFF ? 4 : 2
        quoted += (width == 4 ? "\\u" : "\\x") + String(repeating: "0", count: width - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// What YAML lets stand in quotes only, escaped: controls, its other line breaks, byte order marks, noncharacters.
  private static func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }
}
