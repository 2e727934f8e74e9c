/// Writes SVG elements, one a line. Numbers have one decimal, texts are escaped; nothing else decides the bytes.
struct SVGWriter {
  private(set) var text = ""
  private var depth = 0

  typealias Attributes = KeyValuePairs<String, String>

  /// `<name …/>`
  mutating func element(_ name: String, _ attributes: Attributes) {
    line("<\(name)\(Self.written(attributes))/>")
  }

  /// `<name …>content</name>`, on one line.
  mutating func element(_ name: String, _ attributes: Attributes, content: String) {
    line("<\(name)\(Self.written(attributes))>\(content.markupEscaped)</\(name)>")
  }

  /// What `body` writes stands inside.
  mutating func group<Failure>(
    _ name: String, _ attributes: Attributes, _ body: (inout SVGWriter) throws(Failure) -> Void
  ) throws(Failure) {
    line("<\(name)\(Self.written(attributes))>")
    depth += 1
    try body(&self)
    depth -= 1
    line("</\(name)>")
  }

  mutating func path(_ path: String, _ attributes: Attributes) {
    line("<path d=\"\(path)\"\(Self.written(attributes))/>")
  }

  /// Markup of our own, as it is.
  mutating func line(_ markup: String) {
    text += String(repeating: " ", count: depth) + markup + "\n"
  }

  private static func written(_ attributes: Attributes) -> String {
    attributes.map { " \($0.key)=\"\($0.value.markupEscaped)\"" }.joined()
  }

  /// With one decimal at most: `12`, `12.5`.
  static func number(_ value: Double) -> String {
    let text = Figures.fixed(value, decimals: 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  static func place(_ point: Point) -> String { "\(number(point.x)) \(number(point.y))" }
}
