import JourneyModel

/// Writes a map as JSON in the shape of the YAML: keys in the same fixed order, two blanks a level, numbers as numbers, shares,
/// durations and dates as texts.
enum MapJSON {
  static func text(of map: JourneyMap) -> String {
    var text = ""
    write(DocumentNode(map), indent: 0, to: &text)
    return text + "\n"
  }

  /// As deep as the document of a map.
  private static func write(_ node: DocumentNode, indent: Int, to text: inout String) {
    let margin = String(repeating: " ", count: indent)
    switch node.content {
    case .scalar(let value, let isPlain):
      text += isPlain && isNumber(value) ? value : quoted(value)
    case .list(let items):
      text += "["
      for (index, item) in items.enumerated() {
        text += (index > 0 ? "," : "") + "\n  " + margin
        write(item, indent: indent + 2, to: &text)
      }
      text += "\n" + margin + "]"
    case .mapping(let entries):
      text += "{"
      for (index, entry) in entries.enumerated() {
        text += (index > 0 ? "," : "") + "\n  " + margin + quoted(entry.key) + ": "
        write(entry.value, indent: indent + 2, to: &text)
      }
      text += "\n" + margin + "}"
    }
  }

  private static func isNumber(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard let first = digits.first, ("0"..."9").contains(first) else { return false }
    guard first != "0" || digits.count == 1 || digits.hasPrefix("0.") else { return false }
    return digits.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
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
      case _ where scalar.value < 0x20 || scalar.value == 0x2028 || scalar.value == 0x2029:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
