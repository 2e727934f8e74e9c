import SourceText

extension StringProtocol {
  /// Text for HTML, SVG and XML, in elements and in quoted attributes: markup escaped, control characters made visible.
  var markupEscaped: String {
    let special: [UInt8] = Array("&<>\"'".utf8)
    guard utf8.contains(where: { $0 >= 0x7F || $0 < 0x20 || special.contains($0) }) else { return String(self) }
    var text = ""
    for scalar in withVisibleControls().unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
