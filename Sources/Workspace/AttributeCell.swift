import GRDB
import JourneyModel

/// Attribute values as one cell of an element's row, as a person would write them: `-2`, `12%`, `Ann Lee`, `email, web`.
enum AttributeCell {
  static func cell(_ values: [AttributeValue]?, of attribute: Attribute) -> DatabaseValue {
    guard let values, let first = values.first else { return .null }
    if values.count == 1 {
      switch first {
      case .integer(let integer): return integer.databaseValue
      case .text(let text) where attribute.content == .text:
        return (text.hasPrefix("\"") ? quoted(text) : text).cell
      default: break
      }
    }
    let alwaysQuoted = attribute.content == .text
    return values.map { alwaysQuoted || needsQuotes($0.text) ? quoted($0.text) : $0.text }.joined(separator: ", ").cell
  }

  /// Nil for a cell that no values have.
  static func values(_ row: CheckedRow, of attribute: Attribute) throws -> [AttributeValue]? {
    let name = attribute.rawValue
    let texts: [String]
    switch try row.cell(name).storage {
    case .null: return nil
    case .int64(let integer): texts = [String(integer)]
    case .double(let number): texts = [String(number)]
    case .string, .blob:
      let text = try row.text(name)
      if attribute.content == .text, !text.hasPrefix("\"") {
        texts = [text]
      } else if let list = list(text) {
        texts = list
      } else {
        throw row.damage(name)
      }
    }
    do { return try attribute.values(reading: texts) } catch { throw row.damage(name) }
  }

  private static func needsQuotes(_ text: String) -> Bool {
    text.isEmpty || text.first?.isWhitespace == true || text.last?.isWhitespace == true
      || text.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0.properties.generalCategory == .control }
  }

  private static func quoted(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { literal.unicodeScalars.append("\\") }
      literal.unicodeScalars.append(scalar)
    }
    return literal + "\""
  }

  /// The texts of `email, "a, b", web`; nil when a quote is not closed or something stands behind one. White space around bare
  /// texts is left out.
  static func list(_ text: String) -> [String]? {
    var items: [String] = []
    var rest = text.unicodeScalars[...]
    while true {
      rest = rest.drop { $0 == " " }
      if rest.first == "\"" {
        guard let (item, after) = quotedItem(rest.dropFirst()) else { return nil }
        items.append(item)
        rest = after.drop { $0 == " " }
      } else {
        let item = rest.prefix { $0 != "," }
        rest = rest[item.endIndex...]
        items.append(String(String.UnicodeScalarView(item)).trimmingBlanks)
      }
      guard let separator = rest.first else { return items }
      guard separator == "," else { return nil }
      rest = rest.dropFirst()
    }
  }

  private static func quotedItem(
    _ text: Substring.UnicodeScalarView
  ) -> (item: String, rest: Substring.UnicodeScalarView)? {
    var item = String.UnicodeScalarView()
    var index = text.startIndex
    while index < text.endIndex {
      var scalar = text[index]
      index = text.index(after: index)
      if scalar == "\"" { return (String(item), text[index...]) }
      if scalar == "\\", index < text.endIndex {
        scalar = text[index]
        index = text.index(after: index)
      }
      item.append(scalar)
    }
    return nil
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    var view = Substring(self)
    while view.last == " " { view.removeLast() }
    return String(view)
  }
}
