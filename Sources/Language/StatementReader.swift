import SourceText

/// Cuts a text (a script, a paste, a pipe) into statements: at `;`, and at the end of a line that is not continued. A line is
/// continued inside brackets, if it ends, its comment taken off, with `->`, `=>`, `,`, `|`, `\`, or with `and`, `or` or `by` where
/// these are no names, and by a next line that is indented deeper than the statement's first; blank lines and comments between do
/// not matter. Dot-commands and `help` are lines of their own. Takes any bytes; linear in their number.
package struct StatementReader {
  /// One statement as it stands in the text.
  package struct Piece: Hashable, Sendable {
    /// Without blanks and comments around it; bytes that are no UTF-8 are replaced by U+FFFD, which the lexer reports.
    package var text: String
    /// Bytes before it.
    package var offset: Int
    /// Where it starts: line and column from 1, columns in characters.
    package var line: Int
    package var column: Int
    /// A line that starts with `.`: for the shell, not for the grammar.
    package var isDotCommand: Bool
    /// The text ended while the line was to be continued.
    package var isIncomplete: Bool

    /// Line and column in the whole text of a UTF-8 offset in `text`.
    package func position(ofUTF8 offset: Int) -> (line: Int, column: Int) {
      let inside = text.position(ofUTF8: offset)
      return inside.line == 1 ? (line, column + inside.column - 1) : (line + inside.line - 1, inside.column)
    }
  }

  private let bytes: [UInt8]
  private var index = 0
  private var line = 1
  private var lineStart = 0
  private var pieces: [Piece] = []
  private var open: OpenStatement?

  /// The statement being read.
  fileprivate struct OpenStatement {
    var start: Int
    var end: Int
    var line: Int
    var lineStart: Int
    /// Columns of blanks in front of its first line.
    var indentation: Int
    var depth = 0
    var last = Ending.other
    var isDotCommand = false
    var isHelp = false
    /// Whether a line end stands behind it that ends it, unless the next line is indented deeper.
    var isAtLineEnd = false
  }

  /// What the last word of a line says about the next.
  fileprivate enum Ending {
    /// After it a word is a name.
    case arrow, comma, bar, comparison
    /// `and`, `or`, `by`.
    case joiner
    case backslash
    case other
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { (index, lineStart) = (3, 3) }
  }

  /// The statements of a text, in order.
  package static func pieces(of bytes: [UInt8]) -> [Piece] {
    var reader = StatementReader(bytes)
    reader.read()
    return reader.pieces
  }

  package static func pieces(of text: String) -> [Piece] { pieces(of: Array(text.utf8)) }

  /// Where the statement begins that a UTF-8 offset of a text lies in or behind; the offset itself where a new one may begin.
  package static func start(ofStatementAt offset: Int, in text: String) -> Int {
    let before = Array(text.utf8.prefix(max(0, offset)))
    guard let last = pieces(of: before).last else { return before.count }
    let rest = before[min(last.offset + last.text.utf8.count, before.count)...]
    guard !last.isIncomplete, rest.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: ";") }) else {
      return last.offset
    }
    // A word that is typed there goes on with it where its line is indented deeper.
    return pieces(of: before + Array("x".utf8)).last?.offset == last.offset ? last.offset : before.count
  }

  /// Whether a text typed at the prompt wants another line.
  package static func isIncomplete(_ text: String) -> Bool { pieces(of: text).last?.isIncomplete ?? false }

  private mutating func read() {
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\n"): endOfLine()
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): index += 1
      case UInt8(ascii: "#"): skipLine()
      case UInt8(ascii: ";"):
        close(isIncomplete: false)
        index += 1
      case UInt8(ascii: ".") where beginsStatement:
        note(.other, length: 0)
        open?.isDotCommand = true
        skipLine()
        trimBlanks()
        close(isIncomplete: false)
      case UInt8(ascii: "\""): note(.other, length: stringLength())
      case UInt8(ascii: "\\"):
        note(.backslash, length: 1, isPart: false)
      case let byte where byte.isWordByte: word()
      default: symbol()
      }
    }
    close(isIncomplete: open.map { $0.isContinued && !$0.isAtLineEnd } ?? false)
  }

  /// Whether what is next is no part of a statement before it.
  private var beginsStatement: Bool { open.map { $0.isAtLineEnd && indentation <= $0.indentation } ?? true }

  /// Columns of blanks in front of the line that is read; a tab leads to the next multiple of 8.
  private var indentation: Int {
    var columns = 0
    for byte in bytes[lineStart...] {
      switch byte {
      case UInt8(ascii: " "): columns += 1
      case UInt8(ascii: "\t"): columns += 8 - columns % 8
      default: return columns
      }
    }
    return columns
  }

  private mutating func endOfLine() {
    index += 1
    line += 1
    lineStart = index
    guard let statement = open else { return }
    let isTooLong = index - statement.start > Lexer.longestStatement
    guard !isTooLong, !statement.isDotCommand, !statement.isHelp else { return close(isIncomplete: false) }
    if !statement.isContinued { open?.isAtLineEnd = true }
    // A backslash continues its own line only.
    if statement.last == .backslash { open?.last = .other }
  }

  private mutating func skipLine() {
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
      index += 1
      if open?.isDotCommand == true { open?.end = index }
    }
  }

  private mutating func trimBlanks() {
    while let statement = open, statement.end > statement.start, bytes[statement.end - 1].isBlankByte {
      open?.end -= 1
    }
  }

  /// A token of `length` bytes is next; one that is no part of the text (a `\` at the end of a line) does not lengthen it.
  private mutating func note(_ ending: Ending, length: Int, isPart: Bool = true) {
    if beginsStatement { close(isIncomplete: false) }
    var statement =
      open ?? OpenStatement(start: index, end: index, line: line, lineStart: lineStart, indentation: indentation)
    statement.isAtLineEnd = false
    statement.last = ending
    index += length
    if isPart { statement.end = index }
    open = statement
  }

  /// From quote to quote, or to the end of the line.
  private func stringLength() -> Int {
    var end = index + 1
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") {
      if bytes[end] == UInt8(ascii: "\"") { return end + 1 - index }
      end += bytes[end] == UInt8(ascii: "\\") && end + 1 < bytes.count && bytes[end + 1] != UInt8(ascii: "\n") ? 2 : 1
    }
    return end - index
  }

  /// A name, a keyword or a literal.
  private mutating func word() {
    var end = index
    while end < bytes.count {
      let isInner = bytes[end] == UInt8(ascii: ".") || bytes[end] == UInt8(ascii: "-")
      if bytes[end].isWordByte {
        end += 1
      } else if isInner, end + 1 < bytes.count, bytes[end + 1].isWordByte {
        end += 2
      } else {
        break
      }
    }
    let text = end - index <= 4 ? String(decoding: bytes[index..<end], as: UTF8.self).lowercased() : ""
    if beginsStatement, text == "help" {
      note(.other, length: end - index)
      open?.isHelp = true
      return
    }
    let isName = open.map { [.arrow, .comma, .bar, .comparison].contains($0.last) } ?? true
    let isJoiner = !isName && ["and", "or", "by"].contains(text)
    note(isJoiner ? .joiner : .other, length: end - index)
  }

  private mutating func symbol() {
    let byte = bytes[index]
    let following = index + 1 < bytes.count ? bytes[index + 1] : 0
    switch (byte, following) {
    case (UInt8(ascii: "-"), UInt8(ascii: ">")), (UInt8(ascii: "="), UInt8(ascii: ">")): note(.arrow, length: 2)
    case (UInt8(ascii: "<"), UInt8(ascii: "=")), (UInt8(ascii: ">"), UInt8(ascii: "=")),
      (UInt8(ascii: "!"), UInt8(ascii: "=")):
      note(.comparison, length: 2)
    case (UInt8(ascii: "="), _), (UInt8(ascii: "<"), _), (UInt8(ascii: ">"), _), (UInt8(ascii: "~"), _):
      note(.comparison, length: 1)
    case (UInt8(ascii: ","), _): note(.comma, length: 1)
    case (UInt8(ascii: "|"), _): note(.bar, length: 1)
    case (UInt8(ascii: "("), _), (UInt8(ascii: "["), _), (UInt8(ascii: "{"), _):
      note(.other, length: 1)
      open?.depth += 1
    case (UInt8(ascii: ")"), _), (UInt8(ascii: "]"), _), (UInt8(ascii: "}"), _):
      note(.other, length: 1)
      if let depth = open?.depth, depth > 0 { open?.depth = depth - 1 }
    default: note(.other, length: 1)
    }
  }

  private mutating func close(isIncomplete: Bool) {
    guard let statement = open else { return }
    open = nil
    guard statement.end > statement.start || isIncomplete else { return }
    let before = String(decoding: bytes[statement.lineStart..<statement.start], as: UTF8.self)
    pieces.append(
      Piece(
        text: String(decoding: bytes[statement.start..<statement.end], as: UTF8.self), offset: statement.start,
        line: statement.line,
        column: before.count + 1, isDotCommand: statement.isDotCommand, isIncomplete: isIncomplete))
  }
}

extension StatementReader.OpenStatement {
  /// Whether the next line belongs to it.
  fileprivate var isContinued: Bool {
    if isHelp { return false }
    return switch last {
    case .arrow, .comma, .bar, .joiner, .backslash: true
    case .comparison, .other: depth > 0
    }
  }
}

extension UInt8 {
  /// A letter, a digit, `_`, `$`, or part of a character beyond ASCII.
  fileprivate var isWordByte: Bool {
    switch self {
    case 0x80..., 48...57, 65...90, 97...122, UInt8(ascii: "_"), UInt8(ascii: "$"): true
    default: false
    }
  }

  fileprivate var isBlankByte: Bool { self == 32 || self == 9 || self == 13 }
}
