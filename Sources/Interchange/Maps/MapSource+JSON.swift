import JourneyModel
import SourceText

extension MapSource {
  /// The document of a JSON text (RFC 8259), with the place of every value, which Foundation's reader does not tell.
  func jsonDocument(_ text: String) throws(Diagnostic) -> DocumentNode {
    var reader = JSONDocumentReader(text, self)
    return try reader.document()
  }
}

private struct JSONDocumentReader {
  private let source: MapSource
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var mark = Mark(line: 1, column: 1)

  init(_ text: String, _ source: MapSource) {
    self.source = source
    scalars = Array(text.unicodeScalars)
  }

  mutating func document() throws(Diagnostic) -> DocumentNode {
    let node = try value(depth: 0)
    skipBlanks()
    guard index == scalars.count else { throw unexpected("the end") }
    return node
  }

  private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func advance() {
    if next == "\n" { mark = Mark(line: mark.line + 1, column: 0) }
    mark.column += 1
    index += 1
  }

  private mutating func skipBlanks() {
    while let scalar = next, " \n\t\r".unicodeScalars.contains(scalar) { advance() }
  }

  private func unexpected(_ expected: String) -> Diagnostic {
    let found = next.map { "'\($0)'" } ?? "the end of the file"
    return source.error(.mapJson, "\(found) stands where \(expected) is expected", at: mark)
  }

  private mutating func value(depth: Int) throws(Diagnostic) -> DocumentNode {
    skipBlanks()
    let start = mark
    guard depth < DocumentNode.depthLimit else {
      throw .tooDeep(in: source, at: start)
    }
    switch next {
    case "{": return DocumentNode(.mapping(try entries(depth: depth)), at: start)
    case "[": return DocumentNode(.list(try items(depth: depth)), at: start)
    case "\"": return DocumentNode(.scalar(try string(), isPlain: false), at: start)
    default: return DocumentNode(.scalar(try word(), isPlain: true), at: start)
    }
  }

  private mutating func items(depth: Int) throws(Diagnostic) -> [DocumentNode] {
    advance()
    var items: [DocumentNode] = []
    skipBlanks()
    while next != "]" {
      if !items.isEmpty { try take(",", "',' or ']'") }
      items.append(try value(depth: depth + 1))
      skipBlanks()
    }
    advance()
    return items
  }

  private mutating func entries(depth: Int) throws(Diagnostic) -> [DocumentNode.Entry] {
    advance()
    var entries: [DocumentNode.Entry] = []
    skipBlanks()
    while next != "}" {
      if !entries.isEmpty { try take(",", "',' or '}'") }
      skipBlanks()
      let place = mark
      guard next == "\"" else { throw unexpected("a key in quotes") }
      let key = try string()
      skipBlanks()
      try take(":", "':'")
      entries.append(DocumentNode.Entry(key, try value(depth: depth + 1), at: place))
      skipBlanks()
    }
    advance()
    return entries
  }

  private mutating func take(_ scalar: Unicode.Scalar, _ expected: String) throws(Diagnostic) {
    guard next == scalar else { throw unexpected(expected) }
    advance()
  }

  /// A number, `true`, `false` or `null`. A number with an exponent is written without.
  private mutating func word() throws(Diagnostic) -> String {
    let start = mark
    var text = ""
    while let scalar = next, scalar.isASCII,
      scalar.properties.isAlphabetic || "0123456789+-.".unicodeScalars.contains(scalar)
    {
      text.unicodeScalars.append(scalar)
      advance()
    }
    if ["true", "false", "null"].contains(text) { return text }
    guard !text.isEmpty else { throw unexpected("a value") }
    guard Self.isNumber(text), let number = Double(text), number.isFinite else {
      throw source.error(.mapJson, "'\(text)' is not a value", at: start)
    }
    return text.contains { $0 == "e" || $0 == "E" } ? AttributeValue.number(number).text : text
  }

  /// A whole part without leading zeros, then a fraction and an exponent, each with digits.
  private static func isNumber(_ text: String) -> Bool {
    let unsigned = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = unsigned.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    let digits = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let areDigits = { (text: Substring) in !text.isEmpty && text.unicodeScalars.allSatisfy(\.isDigit) }
    guard digits.count <= 2, digits.allSatisfy(areDigits), digits[0].count == 1 || !digits[0].hasPrefix("0") else {
      return false
    }
    guard parts.count == 2 else { return true }
    let exponent = parts[1]
    return areDigits(exponent.hasPrefix("-") || exponent.hasPrefix("+") ? exponent.dropFirst() : exponent)
  }

  private mutating func string() throws(Diagnostic) -> String {
    advance()
    var text = ""
    while let scalar = next, scalar != "\"" {
      guard scalar.value >= 0x20 else {
        throw source.error(.mapJson, "a control character stands in a text", at: mark)
      }
      if scalar == "\\" {
        text.unicodeScalars.append(try escape())
      } else {
        text.unicodeScalars.append(scalar)
        advance()
      }
    }
    try take("\"", "'\"'")
    return text
  }

  private mutating func escape() throws(Diagnostic) -> Unicode.Scalar {
    let start = mark
    advance()
    let sign = next
    advance()
    switch sign {
    case "\"", "\\", "/": return sign ?? "/"
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u":
      var unit = hexadecimal()
      if let high = unit, (0xD800..<0xDC00).contains(high), next == "\\" {
        advance()
        if next == "u" {
          advance()
          unit = hexadecimal().flatMap { low in
            (0xDC00..<0xE000).contains(low) ? 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00) : nil
          }
        }
      }
      if let scalar = unit.flatMap(Unicode.Scalar.init) { return scalar }
    default: break
    }
    throw source.error(.mapJson, "an escape that JSON does not have", at: start)
  }

  /// Four hexadecimal digits; nil for anything else.
  private mutating func hexadecimal() -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let scalar = next, scalar.isASCII, let digit = Character(scalar).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
      advance()
    }
    return value
  }
}

extension DiagnosticCode {
  package static let mapJson = DiagnosticCode(
    "map.json", "The text is no JSON.")
}
