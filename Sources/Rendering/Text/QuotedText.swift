import SourceText

extension String {
  /// The text of a string of the language where this is one and nothing else; else as it is.
  var withoutQuotes: String {
    var rest = unicodeScalars[...]
    guard rest.popFirst() == "\"", rest.popLast() == "\"" else { return self }
    var text = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"": return self
      case "\\":
        let escape = TextEscape.read(rest)
        guard let meant = escape.scalar else { return self }
        text.append(meant)
        rest.removeFirst(escape.length)
      default: text.append(scalar)
      }
    }
    return String(text)
  }
}
