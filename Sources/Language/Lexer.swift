import JourneyTime
import SourceText

/// Cuts one statement into tokens. Never fails: what is no token becomes a `.wrong` one with its diagnostic, and the parser
/// reports it when it gets there. The last token is `.end`.
package struct Lexer {
  /// UTF-8 bytes a statement may have.
  package static let longestStatement = 64 * 1024

  let scalars: [Unicode.Scalar]
  /// UTF-8 offset of each scalar, and of the end.
  private let offsets: [Int]
  var index = 0

  private init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    var (offset, offsets) = (0, [0])
    offsets.reserveCapacity(scalars.count + 1)
    for scalar in scalars {
      offset += UTF8.width(scalar)
      offsets.append(offset)
    }
    self.offsets = offsets
  }

  package static func tokens(of text: String) -> [Token] {
    var lexer = Lexer(text)
    var tokens: [Token] = []
    while let token = lexer.next() { tokens.append(token) }
    let end = tokens.last?.span.upperBound ?? 0
    tokens.append(Token(kind: .end, raw: "", span: end..<end))
    return tokens
  }

  private mutating func next() -> Token? {
    skipBlanks()
    guard let first = scalar() else { return nil }
    let start = index
    let kind: Token.Kind
    if first.startsName {
      kind = word()
    } else if first.isDecimalDigit || ((first == "-" || first == "+") && scalar(1)?.isDecimalDigit == true) {
      kind = literal()
    } else if first == "\"" {
      kind = string()
    } else if first == "$" {
      kind = variable()
    } else {
      kind = symbol(first)
    }
    return token(from: start, kind: kind)
  }

  func scalar(_ ahead: Int = 0) -> Unicode.Scalar? {
    index + ahead < scalars.count ? scalars[index + ahead] : nil
  }

  private func token(from start: Int, kind: Token.Kind) -> Token {
    Token(kind: kind, raw: raw(start..<index), span: offsets[start]..<offsets[index])
  }

  func raw(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[range])
    return String(text)
  }

  /// Blanks, line ends, comments, and a `\` with nothing but a comment behind it on its line.
  private mutating func skipBlanks() {
    while let next = scalar() {
      if next.isBlank {
        index += 1
      } else if next == "#" {
        while let inside = scalar(), inside != "\n" { index += 1 }
      } else if next == "\\", onlyCommentFollows(index + 1) {
        index += 1
      } else {
        return
      }
    }
  }

  private func onlyCommentFollows(_ start: Int) -> Bool {
    for scalar in scalars[start...] {
      if scalar == "\n" || scalar == "#" { return true }
      if !scalar.isBlank { return false }
    }
    return true
  }

  /// A letter or `_`, then letters, digits and `_`, with `.` or `-` between two of these.
  private mutating func word() -> Token.Kind {
    let start = index
    index += 1
    while let next = scalar() {
      if next.continuesName {
        index += 1
      } else if next == "." || next == "-", scalar(1)?.continuesName == true {
        index += 2
      } else {
        break
      }
    }
    return .word(raw(start..<index))
  }

  private mutating func variable() -> Token.Kind {
    let start = index
    index += 1
    guard let first = scalar(), first.continuesName else {
      return wrong(.characterUnexpected, "'$' without a name", from: start, hint: "$name")
    }
    if first.isDecimalDigit {
      while scalar()?.isDecimalDigit == true { index += 1 }
    } else {
      _ = word()
    }
    return .variable(raw((start + 1)..<index))
  }

  private mutating func symbol(_ first: Unicode.Scalar) -> Token.Kind {
    if let second = scalar(1), let symbol = Symbol(rawValue: "\(first)\(second)") {
      index += 2
      return .symbol(symbol)
    }
    let start = index
    index += 1
    if let symbol = Symbol(rawValue: String(first)) { return .symbol(symbol) }
    return strayCharacter(first, from: start)
  }

  func wrong(_ code: DiagnosticCode, _ message: String, from start: Int, hint: String? = nil) -> Token.Kind {
    .wrong(Diagnostic(code, message, at: offsets[start]..<offsets[index], hint: hint))
  }
}

extension Unicode.Scalar {
  /// A control character, or what stands for bytes that are no UTF-8.
  var isForbiddenInText: Bool { value < 0x20 && self != "\t" || value == 0x7F || self == "\u{FFFD}" }

  var isDecimalDigit: Bool { ("0"..."9").contains(self) }

  var isBlank: Bool {
    switch self {
    case " ", "\t", "\n", "\r", "\u{FEFF}": true
    default: value >= 0x80 && properties.generalCategory == .spaceSeparator
    }
  }

  /// A letter or `_`.
  var startsName: Bool {
    if value < 0x80 { return ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "_" }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
    default: return false
    }
  }

  /// A letter, a digit, `_`, or a mark that belongs to the letter before it.
  var continuesName: Bool {
    if startsName || isDecimalDigit { return true }
    guard value >= 0x80 else { return false }
    switch properties.generalCategory {
    case .decimalNumber, .nonspacingMark, .spacingMark, .enclosingMark: return true
    default: return false
    }
  }
}

/// The text, cut with `…` after 40 characters.
func shortened(_ text: String) -> String {
  text.count > 40 ? text.prefix(39) + "…" : text
}

extension DiagnosticCode {
  package static let characterUnexpected = DiagnosticCode(
    "character.unexpected", "No word of the language has this character outside quotes.")
}
