import EventStore

/// A JSON object of plain values: how a row keeps what its table has no column for, so that every tool reads it by its name.
///
/// Numbers are written in their shortest form that reads back; times as texts, in UTC.
enum FlatObject {
  static func text(_ values: some Sequence<(name: String, value: PropertyValue)>) -> String {
    var text = "{"
    for (name, value) in values {
      if text.utf8.count > 1 { text += "," }
      append(name, to: &text)
      text += ":"
      switch value {
      case .number(let number) where number.isFinite: text += value.text
      case .truth: text += value.text
      default: append(value.text, to: &text)
      }
    }
    return text + "}"
  }

  private static func append(_ content: String, to text: inout String) {
    text += "\""
    for scalar in content.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\u{0}"..<" ":
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  /// Its values in their order: texts, numbers and truth values. Nil for what `text` does not write.
  static func values(_ text: String) -> [(name: String, value: PropertyValue)]? {
    var reader = FlatReader(Array(text.utf8))
    return reader.object()
  }
}

private struct FlatReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8 { place < bytes.count ? bytes[place] : 0 }

  private mutating func take(_ sign: Character) -> Bool {
    guard next == sign.asciiValue else { return false }
    place += 1
    return true
  }

  mutating func object() -> [(name: String, value: PropertyValue)]? {
    var values: [(name: String, value: PropertyValue)] = []
    guard take("{") else { return nil }
    if take("}") { return place == bytes.count ? values : nil }
    repeat {
      guard let name = string(), take(":"), let value = value() else { return nil }
      values.append((name, value))
    } while take(",")
    return take("}") && place == bytes.count ? values : nil
  }

  private mutating func value() -> PropertyValue? {
    if next == UInt8(ascii: "\"") { return string().map { .text($0) } }
    let start = place
    while place < bytes.count, ![UInt8(ascii: ","), UInt8(ascii: "}")].contains(bytes[place]) { place += 1 }
    let word = String(decoding: bytes[start..<place], as: UTF8.self)
    switch word {
    case "true": return .truth(true)
    case "false": return .truth(false)
    default: return Double(word).flatMap { $0.isFinite ? .number($0) : nil }
    }
  }

  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    let start = place
    while place < bytes.count, bytes[place] != UInt8(ascii: "\""), bytes[place] != UInt8(ascii: "\\") { place += 1 }
    if take("\"") { return String(decoding: bytes[start..<place - 1], as: UTF8.self) }
    var content = Array(bytes[start..<place])
    while place < bytes.count {
      if take("\"") { return String(decoding: content, as: UTF8.self) }
      if take("\\") {
        guard let escaped = escape() else { return nil }
        content += escaped
      } else {
        content.append(bytes[place])
        place += 1
      }
    }
    return nil
  }

  private mutating func escape() -> [UInt8]? {
    if take("u") {
      guard place + 4 <= bytes.count,
        let scalar = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
          .flatMap(Unicode.Scalar.init)
      else { return nil }
      place += 4
      return Array(String(scalar).utf8)
    }
    defer { place += 1 }
    return [UInt8(ascii: "\""), UInt8(ascii: "\\")].contains(next) ? [next] : nil
  }
}
