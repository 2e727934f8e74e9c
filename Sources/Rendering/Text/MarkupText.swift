import SourceText

extension StringProtocol {
  /// Text for HTML, SVG and XML, in elements and in quoted attributes: markup escaped, control characters made visible.
  var markupEscaped: String { markupEscaped(keepingLayout: false) }

  /// The same of a text whose line breaks and tabs stay.
  var layoutEscaped: String { markupEscaped(keepingLayout: true) }

  private func markupEscaped(keepingLayout: Bool) -> String {
    let special: [UInt8] = Array("&<>\"'".utf8)
    guard utf8.contains(where: { $0 >= 0x7F || $0 < 0x20 || special.contains($0) }) else { return String(self) }
    return escaped { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&#39;"
      case "\r" where keepingLayout: ""
      case "\n", "\t": keepingLayout ? nil : String(scalar).withVisibleControls()
      default: scalar.isUnsafeToShow ? String(scalar).withVisibleControls() : nil
      }
    }
  }
}
