extension String {
  /// The text of a string of the language where this is one and nothing else; else as it is.
  var withoutQuotes: String {
    guard hasPrefix("\""), hasSuffix("\""), count > 1 else { return self }
    var text = ""
    var rest = Substring(dropFirst().dropLast()).unicodeScalars
    while let scalar = rest.popFirst() {
      if scalar == "\"" { return self }
      guard scalar == "\\" else {
        text.unicodeScalars.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "n": text += "\n"
      case "t": text += "\t"
      case "u":
        guard rest.popFirst() == "{", let end = rest.firstIndex(of: "}"),
          let named = UInt32(String(rest[..<end]), radix: 16).flatMap(Unicode.Scalar.init)
        else { return self }
        text.unicodeScalars.append(named)
        rest = rest[rest.index(after: end)...]
      case let escaped?: text.unicodeScalars.append(escaped)
      case nil: return self
      }
    }
    return text
  }
}
