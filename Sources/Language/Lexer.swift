import JourneyTime
import SourceText

/// Cuts one statement into tokens. Never fails: what is no token becomes a `.wrong` one with its diagnostic, and the parser
/// reports it when it gets there. The last token is `.end`.
package struct Lexer {
  /// UTF-8 bytes a statement may have.
  package static let longestStatement = 64 * 1024

  private let scalars: [Unicode.Scalar]
  /// UTF-8 offset of each scalar, and of the end.
  private let offsets: [Int]
  private var index = 0

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

  private func scalar(_ ahead: Int = 0) -> Unicode.Scalar? {
    index + ahead < scalars.count ? scalars[index + ahead] : nil
  }

  private func token(from start: Int, kind: Token.Kind) -> Token {
    Token(kind: kind, raw: raw(start..<index), span: offsets[start]..<offsets[index])
  }

  private func raw(_ range: Range<Int>) -> String {
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
      return wrong("character.unexpected", "'$' without a name", from: start, hint: "$name")
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

  private func wrong(_ code: String, _ message: String, from start: Int, hint: String? = nil) -> Token.Kind {
    .wrong(Diagnostic(code, message, at: offsets[start]..<offsets[index], hint: hint))
  }
}

// MARK: Numbers, durations, dates

extension Lexer {
  /// The longest run that looks like one literal, then what it is.
  private mutating func literal() -> Token.Kind {
    let start = index
    index += 1
    while let next = scalar() {
      if next.continuesName {
        index += 1
      } else if (next == "." || next == ":") && scalar(1)?.isDecimalDigit == true {
        index += 1
      } else if next == "-" && scalar(1)?.continuesName == true {
        index += 1
      } else if next == "+" && scalar(1)?.isDecimalDigit == true && scalars[start..<index].contains("T") {
        index += 1
      } else {
        break
      }
    }
    if scalar() == "%" { index += 1 }
    let text = raw(start..<index)
    do throws(LiteralError) {
      return try Self.kind(of: text)
    } catch {
      return wrong("literal.wrong", "'\(shortened(text))' \(error.message)", from: start, hint: error.hint)
    }
  }

  private struct LiteralError: Error {
    var message: String
    var hint: String?
  }

  private static func kind(of text: String) throws(LiteralError) -> Token.Kind {
    if text.hasSuffix("%") {
      guard let digits = plainNumber(text.dropLast()) else {
        throw LiteralError(message: "is not a percent", hint: "12%")
      }
      return .percent(try finite(Double(digits + "e-2")))
    }
    if let digits = plainNumber(text[...]) { return .number(try finite(Double(digits))) }
    if let date = CalendarDate(text) { return .date(date) }
    if let duration = try duration(text) { return .duration(duration) }
    if text.utf8.prefix(5).last == UInt8(ascii: "-"), text.utf8.prefix(4).allSatisfy({ (48...57).contains($0) }) {
      throw LiteralError(message: "is not a date", hint: "2025-07-01, 2025-07, 2025-Q3, 2025-W31, 2025-07-01T10:30")
    }
    throw LiteralError(message: "is not a number, duration or date", hint: "12, 12%, 7d, 2025-07-01")
  }

  private static func finite(_ number: Double?) throws(LiteralError) -> Double {
    guard let number, number.isFinite else { throw LiteralError(message: "is too large a number", hint: nil) }
    return number == 0 ? 0 : number
  }

  /// The text without `_` and `+` if it is a sign, digits with `_` between two of them, and a decimal part.
  private static func plainNumber(_ text: Substring) -> String? {
    var bytes = Array(text.utf8)
    var plain: [UInt8] = []
    if bytes.first == UInt8(ascii: "-") {
      plain.append(bytes.removeFirst())
    } else if bytes.first == UInt8(ascii: "+") {
      bytes.removeFirst()
    }
    var (before, points): (UInt8?, Int) = (nil, 0)
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): plain.append(byte)
      case UInt8(ascii: "_"): guard let before, (48...57).contains(before), points == 0 else { return nil }
      case UInt8(ascii: "."):
        guard let before, (48...57).contains(before), points == 0 else { return nil }
        points = 1
        plain.append(byte)
      default: return nil
      }
      before = byte
    }
    guard let before, (48...57).contains(before) else { return nil }
    return String(decoding: plain, as: UTF8.self)
  }

  /// `1d12h`: counts with units, longest unit first, each at most once. Nil if the text is of another shape.
  private static func duration(_ text: String) throws(LiteralError) -> Duration? {
    var rest = Array(text.utf8)[...]
    var (total, largest): (Int64, Int64) = (0, .max)
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { (48...57).contains($0) }
      let letters = rest.dropFirst(digits.count).prefix { !(48...57).contains($0) }
      rest = rest.dropFirst(digits.count + letters.count)
      let suffix = String(decoding: letters, as: UTF8.self)
      guard !digits.isEmpty, let unit = Duration.units.first(where: { $0.suffix == suffix }) else {
        return try unknownUnit(suffix, isAlone: rest.isEmpty && !digits.isEmpty && largest == .max)
      }
      guard unit.microseconds < largest else {
        throw LiteralError(message: "is not a duration: longer units stand first", hint: "1d12h")
      }
      guard let count = Int64(String(decoding: digits, as: UTF8.self)) else {
        throw LiteralError(message: "is too long a duration", hint: nil)
      }
      let (part, overflow) = count.multipliedReportingOverflow(by: unit.microseconds)
      let (sum, carry) = total.addingReportingOverflow(part)
      guard !overflow, !carry else { throw LiteralError(message: "is too long a duration", hint: "forever") }
      (total, largest) = (sum, unit.microseconds)
    }
    return Duration(microseconds: total)
  }

  private static func unknownUnit(_ suffix: String, isAlone: Bool) throws(LiteralError) -> Duration? {
    guard isAlone, !suffix.isEmpty, suffix.utf8.allSatisfy({ (65...122).contains($0) }) else { return nil }
    if ["mo", "month", "months", "y", "year", "years", "M", "Y", "q", "Q"].contains(suffix) {
      throw LiteralError(message: "is not a duration: months and years differ in length", hint: "30d, 365d")
    }
    throw LiteralError(message: "is not a duration", hint: "500ms, 90s, 30m, 24h, 7d, 2w, 1d12h")
  }
}

// MARK: Strings

extension Lexer {
  /// From quote to quote on one line.
  private mutating func string() -> Token.Kind {
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
            "string.escape", "'\(raw(here..<index))' is not an escape", from: here, hint: #"\" \\ \n \t \u{1F600}"#)
        }
      default:
        if next.isForbiddenInText, problem == nil { problem = strayCharacter(next, from: here) }
        content.append(next)
      }
    }
    if index > start, scalars[index - 1] == "\r" { index -= 1 }
    return wrong(
      "string.unclosed", "the quote is not closed on its line", from: start,
      hint: shortened(raw(start..<index)) + "\"")
  }

  /// What stands after a backslash; nil if it is no escape.
  private mutating func escape() -> Unicode.Scalar? {
    guard let next = scalar(), next != "\n" else { return nil }
    index += 1
    switch next {
    case "\"", "\\": return next
    case "n": return "\n"
    case "t": return "\t"
    case "u":
      guard scalar() == "{" else { return nil }
      let start = index + 1
      let end = scalars[start...].prefix(9).firstIndex(of: "}") ?? start
      guard end > start else { return nil }
      index = end + 1
      return UInt32(raw(start..<end), radix: 16).flatMap(Unicode.Scalar.init)
    default: return nil
    }
  }

  /// A character no token starts with; the hint is what it is likely to stand for.
  private func strayCharacter(_ scalar: Unicode.Scalar, from start: Int) -> Token.Kind {
    if scalar == "\u{FFFD}" {
      return wrong("text.not-utf8", "the text is not valid UTF-8 here", from: start)
    }
    let code = String(scalar.value, radix: 16, uppercase: true)
    let name = "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
    let isVisible = scalar.displayWidth > 0
    let instead: [Unicode.Scalar: String] = [
      "→": "->", "⇒": "=>", "≥": ">=", "≤": "<=", "≠": "!=", "…": "..", "“": "\"", "”": "\"", "„": "\"", "«": "\"",
      "»": "\"", "‘": "\"", "’": "\"", "'": "\"", "`": "\"", "–": "-", "—": "-", "−": "-", "&": "and", "!": "not",
      ":": "\"", "@": "\"", "/": "\"",
    ]
    let message = isVisible ? "'\(scalar)' cannot stand here" : "the character \(name) cannot stand here"
    return wrong("character.unexpected", message, from: start, hint: instead[scalar])
  }
}

extension Unicode.Scalar {
  /// A control character, or what stands for bytes that are no UTF-8.
  fileprivate var isForbiddenInText: Bool { value < 0x20 && self != "\t" || value == 0x7F || self == "\u{FFFD}" }

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
