/// Texts in Mermaid, where signs that have a meaning are written as entity codes: `#58;` is a colon.
enum MermaidText {
  /// A name as it can stand in a section, task or list of actors, such that it reads back as itself.
  static func encoded(_ text: String) -> String {
    var encoded = ""
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let isEdge = index == 0 || index == scalars.count - 1
      // A percent sign begins a comment where it is the first of a name or one of two.
      let isComment =
        scalar == "%" && (index == 0 || isAt(index - 1, "%", scalars) || isAt(index + 1, "%", scalars))
      if mustEncode(scalar) || isComment || (isEdge && scalar.properties.isWhitespace) {
        encoded += "#\(scalar.value);"
      } else {
        encoded.unicodeScalars.append(scalar)
      }
    }
    // A word that Mermaid reads as a keyword at the start of a line.
    let opening = encoded.lowercased()
    if let first = encoded.unicodeScalars.first, keywords.contains(where: { opening.hasPrefix($0) }) {
      encoded = "#\(first.value);" + encoded.dropFirst()
    }
    return encoded
  }

  /// The text with entity codes as the signs they stand for, and line breaks (`<br/>`) as blanks. Codes that are not known stay.
  static func decoded(_ text: String) -> String {
    let plain = text.contains("<") ? text.replacing(/<\/?[bB][rR]\s*\/?>/, with: " ") : text
    guard plain.contains("#") else { return plain }
    var decoded = ""
    var rest = Array(plain.unicodeScalars)[...]
    while let scalar = rest.first {
      if scalar == "#", let length = entityLength(rest), let sign = sign(of: rest.dropFirst().prefix(length - 2)) {
        decoded.unicodeScalars.append(sign)
        rest = rest.dropFirst(length)
      } else {
        decoded.unicodeScalars.append(scalar)
        rest = rest.dropFirst()
      }
    }
    return decoded
  }

  /// How many scalars the entity code at the start takes, as `#35;` or `#quot;`; nil where there is none.
  static func entityLength(_ scalars: ArraySlice<Unicode.Scalar>) -> Int? {
    guard scalars.first == "#" else { return nil }
    let word = scalars.dropFirst().prefix(12).prefix {
      $0.isASCII && ($0.properties.isAlphabetic || $0.isDigit || $0 == "_")
    }
    guard !word.isEmpty, word.endIndex < scalars.endIndex, scalars[word.endIndex] == ";" else { return nil }
    return word.count + 2
  }

  private static func sign(of code: ArraySlice<Unicode.Scalar>) -> Unicode.Scalar? {
    let name = String(String.UnicodeScalarView(code))
    if let value = UInt32(name) { return Unicode.Scalar(value) }
    return named[name]
  }

  private static let named: [String: Unicode.Scalar] = [
    "quot": "\"", "apos": "'", "amp": "&", "lt": "<", "gt": ">", "nbsp": "\u{A0}", "num": "#", "semi": ";",
    "colon": ":",
    "comma": ",", "lbrace": "{", "rbrace": "}", "percnt": "%",
  ]

  private static let keywords = ["journey", "title", "section", "acctitle", "accdescr"]

  private static func isAt(_ index: Int, _ scalar: Unicode.Scalar, _ scalars: [Unicode.Scalar]) -> Bool {
    scalars.indices.contains(index) && scalars[index] == scalar
  }

  private static func mustEncode(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ":", ";", "#", ",", "<", ">", "{", "}", "\"": true
    default: scalar.properties.generalCategory == .control || scalar.value == 0x2028 || scalar.value == 0x2029
    }
  }
}
