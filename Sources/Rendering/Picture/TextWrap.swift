import SourceText

/// Text broken into lines that fit a width.
struct WrappedText: Hashable, Sendable {
  var lines: [String]
  /// The last line ends in an ellipsis because more was there.
  var isCut: Bool

  /// Breaks at spaces, between CJK characters, after hyphens and slashes before a letter, and inside a word only where the word
  /// alone is wider than `width`: with a hyphen between syllables where it has any. Runs of white space are one space. Gives at least one line unless the text is blank, at most
  /// `limit` lines, each no wider than `width` as `TextWidth` estimates (a single character is never broken). Linear in the text.
  init(_ text: String, _ style: TypeStyle, width: Double, limit: Int) {
    let pieces = Self.pieces(of: text)
    self.init(pieces, style, width: width, limit: limit)
    guard lines.count > 1, !isCut, let last = lines.last, TextWidth.of(last, style) < 0.4 * width else { return }
    // A lonely last word looks like an accident: narrower lines that are no more of them take it in.
    for share in [0.76, 0.88] {
      let narrower = WrappedText(pieces, style, width: width * share, limit: limit)
      if narrower.lines.count == lines.count, !narrower.isCut {
        self = narrower
        return
      }
    }
  }

  private init(_ pieces: [String], _ style: TypeStyle, width: Double, limit: Int) {
    var lines: [String] = []
    var line = ""
    var lineWidth = 0.0
    for piece in pieces {
      let pieceWidth = TextWidth.of(piece.trimmed, style)
      if !line.isEmpty, lineWidth + pieceWidth > width {
        lines.append(line.trimmed)
        (line, lineWidth) = ("", 0)
        if lines.count > limit { break }
      }
      if pieceWidth <= width {
        line += piece
        lineWidth += TextWidth.of(piece, style)
        continue
      }
      let parts = Syllables.parts(of: piece, style, width: width)
      lines += parts.dropLast()
      line = parts.last ?? ""
      lineWidth = TextWidth.of(line, style)
      if lines.count > limit { break }
    }
    if !line.isEmpty { lines.append(line.trimmed) }
    lines = lines.map(\.withoutTrailingDot).filter { !$0.isEmpty }
    isCut = lines.count > limit
    if isCut {
      lines.removeSubrange(limit...)
      lines[limit - 1] = Self.withEllipsis(lines[limit - 1], style, width)
    }
    self.lines = lines
  }

  /// As much of a line as fits before an ellipsis.
  static func withEllipsis(_ line: String, _ style: TypeStyle, _ width: Double) -> String {
    var line = line
    while !line.isEmpty, TextWidth.of(line, style) + TextWidth.of("…", style) > width { line.removeLast() }
    return line.trimmed + "…"
  }

  /// What may not be broken, each with the space that follows it.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    for character in text.cleaned {
      if character == " " {
        if piece.isEmpty { continue }
        pieces.append(piece + " ")
        piece = ""
      } else if character.isIdeograph {
        // Closing punctuation stays with the character before it.
        if !piece.isEmpty, !character.closes {
          pieces.append(piece)
          piece = ""
        }
        piece.append(character)
      } else {
        if let last = piece.last, last.isIdeograph ? !character.isPunctuation : last.isJoint && character.isLetter {
          pieces.append(piece)
          piece = ""
        }
        piece.append(character)
      }
    }
    if !piece.isEmpty { pieces.append(piece) }
    return pieces
  }
}

extension Character {
  /// May be parted from its neighbours: Han, kana, hangul, full-width forms, emoji.
  fileprivate var isIdeograph: Bool {
    guard let scalar = unicodeScalars.first else { return false }
    return (0x2E80...0xD7FF).contains(scalar.value) || (0xF900...0xFAFF).contains(scalar.value)
      || (0xFF00...0xFFEF).contains(scalar.value) || scalar.value >= 0x1F000
  }

  /// A line may end after it where a letter follows.
  fileprivate var isJoint: Bool { self == "-" || self == "/" }

  /// May not begin a line.
  fileprivate var closes: Bool { "、。，．・：；？！）］｝」』】〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ".contains(self) }
}

extension String {
  /// Where a line ends between two details, the dot that parts them is not needed.
  fileprivate var withoutTrailingDot: String { hasSuffix(" ·") ? String(dropLast(2)) : self }

  var trimmed: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    while text.first == " " { text.removeFirst() }
    return String(text)
  }

  /// As it can stand in a picture: white space of every kind is one space; control characters and those that turn the direction of
  /// text are made visible; the two other scalars that XML 1.0 forbids are U+FFFD. (A `String` holds no surrogates.)
  var cleaned: String {
    if utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return self }
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x9, 0xA, 0xD, 0x20, 0x85, 0x2028, 0x2029:
        if text.last?.value != 0x20 { text.append(" ") }
      case 0xFFFE, 0xFFFF: text.append("\u{FFFD}")
      default: text.append(scalar)
      }
    }
    return String(text).trimmed.withVisibleControls()
  }
}
