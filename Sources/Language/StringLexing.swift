import SourceText

// Quoted texts, and characters that are no token.

extension Lexer {
  /// From quote to quote on one line.
  mutating func string() -> Token.Kind {
    let start = index
    var content = String.UnicodeScalarView()
    var problem: Token.Kind?
    index += 1
    while let next = scalar(), next != "\n" {
      let here = index
      index += 1
      switch next {
      case "\"": return problem ?? .string(String(content))
      case "\\":
        if let resolved = escape() {
          content.append(resolved)
        } else if problem == nil {
          problem = wrong(
            .stringEscape, "'\(raw(here..<index))' is not an escape", from: here, hint: #"\" \\ \n \t \u{1F600}"#)
        }
      default:
        if next.isForbiddenInText, problem == nil { problem = strayCharacter(next, from: here) }
        content.append(next)
      }
    }
    if index > start, scalars[index - 1] == "\r" { index -= 1 }
    return wrong(
      .stringUnclosed, "the quote is not closed on its line", from: start,
      hint: index > start + 1 ? shortened(raw(start..<index)) + "\"" : nil)
  }

  /// What stands after a backslash; nil if it is no escape.
  private mutating func escape() -> Unicode.Scalar? {
    let (length, scalar) = TextEscape.read(scalars[index...])
    index += length
    return scalar
  }

  /// A character no token starts with; the hint is what it is likely to stand for.
  func strayCharacter(_ scalar: Unicode.Scalar, from start: Int) -> Token.Kind {
    if scalar == "\u{FFFD}" {
      return wrong(.textNotUtf8, "the text is not valid UTF-8 here", from: start)
    }
    let code = String(scalar.value, radix: 16, uppercase: true)
    let name = "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
    let isVisible = scalar.displayWidth > 0
    let message = isVisible ? "'\(scalar)' cannot stand here" : "the character \(name) cannot stand here"
    return wrong(.characterUnexpected, message, from: start, hint: whole(instead: scalar, at: start))
  }

  /// What is likely to be meant by a character that no token begins with and the word at it; nil where nothing is.
  private func whole(instead scalar: Unicode.Scalar, at start: Int) -> String? {
    let behind = scalars[min(start + 1, scalars.count)...].prefix { $0 != "\n" }
    if let closing = Self.quotes[scalar] {
      let quoted = behind.prefix { !closing.unicodeScalars.contains($0) }
      let content = quoted.count < behind.count ? quoted : behind.prefix { !$0.isBlank }
      return content.isEmpty ? nil : raw(content.startIndex..<content.endIndex).quoted
    }
    if Self.partsOfNames.contains(scalar) {
      let before = scalars[..<start].reversed().prefix { $0.continuesName || Self.partsOfNames.contains($0) }.count
      let after = behind.prefix { $0.continuesName || Self.partsOfNames.contains($0) || $0 == "." || $0 == "-" }.count
      return before + after == 0 ? nil : raw(start - before..<start + 1 + after).quoted
    }
    guard let instead = Self.lookalikes[scalar] else { return nil }
    let word = behind.drop(while: \.isBlank).prefix { !$0.isBlank }
    let gap = behind.first?.isBlank == true || instead.last?.isLetter == true ? " " : ""
    return word.isEmpty ? instead : instead + gap + raw(word.startIndex..<word.endIndex)
  }

  /// Signs that other languages quote with, each with those that may close it.
  private static let quotes: [Unicode.Scalar: String] = [
    "“": "”“\"", "„": "“”\"", "«": "»", "»": "«", "‘": "’‘", "‚": "‘’", "'": "'", "`": "`'", "”": "”\"", "’": "’",
  ]

  /// Signs within names, which must be quoted for them.
  private static let partsOfNames: Set<Unicode.Scalar> = [":", "@", "/"]

  private static let lookalikes: [Unicode.Scalar: String] = [
    "→": "->", "⇒": "=>", "≥": ">=", "≤": "<=", "≠": "!=", "…": "..", "–": "-", "—": "-", "−": "-", "&": "and",
    "!": "not",
  ]
}

extension DiagnosticCode {
  package static let stringEscape = DiagnosticCode(
    "string.escape", "In a quoted text a backslash stands before a quote, a backslash, n, t or u{…} only.")
  package static let textNotUtf8 = DiagnosticCode(
    "text.not-utf8", "The text holds bytes that are not UTF-8. Save the file as UTF-8.")
}
