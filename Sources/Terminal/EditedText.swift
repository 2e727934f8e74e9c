import CLibEdit

/// A text being edited and its cursor, as libedit holds them: lines after the first begin with an indent as wide as the
/// prompt, which is where the continuation prompt is painted. The indent is not part of the statement.
struct EditedText {
  /// Unicode scalars, lines divided by `\n`.
  var characters: [UInt32]
  /// An index of `characters`, or their count.
  var cursor: Int
  /// Blanks that open each line after the first; 0 where the terminal cannot show more than one line.
  let indent: Int

  private static let newline = UInt32(UInt8(ascii: "\n"))

  /// A text of several lines, each after the first indented.
  static func indented(_ text: String, by indent: Int) -> [UInt32] {
    let blanks = Array(repeating: UInt32(UInt8(ascii: " ")), count: indent)
    return text.unicodeScalars.flatMap { $0 == "\n" ? [newline] + blanks : [$0.value] }
  }

  /// The text as it stands, indents included.
  var text: String { String(scalars: characters[...]) }

  /// The statement: each line after the first without its indent.
  var statement: String {
    var kept: [UInt32] = []
    var index = 0
    while index < characters.count {
      kept.append(characters[index])
      index += 1
      if kept.last == Self.newline, opensWithIndent(at: index) { index += indent }
    }
    return String(scalars: kept[...])
  }

  /// UTF-8 bytes before the cursor.
  var cursorInUTF8: Int { String(scalars: characters[..<cursor]).utf8.count }

  /// How far the cursor is to go; each is 0 where there is nowhere to go.
  var distanceLeft: Int { cursor == 0 ? 0 : -joinBefore }
  var distanceRight: Int { cursor == characters.count ? 0 : joinAfter }
  var distanceToLineStart: Int { contentStart(ofLineAt: lineStart(before: cursor)) - cursor }
  var distanceToLineEnd: Int { lineEnd(after: cursor) - cursor }

  /// Over what is between words and the next word, as libedit has them, each with the marks of its letters.
  var distanceToWordEnd: Int {
    let (start, end) = (cursor, lineEnd(after: cursor))
    let word = { (character: Character) in
      character.isLetter || character.isNumber || "*?_-.[]~=".contains(character)
    }
    let rest = String(scalars: characters[start..<end])
    let between = rest.prefix { !word($0) }
    let whole = between.unicodeScalars.count + rest.dropFirst(between.count).prefix(while: word).unicodeScalars.count
    // At a line's end the next line's first word, over its indent.
    guard whole == 0, end < characters.count else { return whole }
    var next = self
    next.cursor = contentStart(ofLineAt: end + 1)
    return next.cursor - cursor + next.distanceToWordEnd
  }

  /// The character before the cursor behind the one at it, the last two at a line's end; nil where there are no two.
  var transposed: EditedText? {
    let (start, end) = (contentStart(ofLineAt: lineStart(before: cursor)), lineEnd(after: cursor))
    var text = self
    if cursor == end, cursor > start { text.cursor -= text.joinBefore }
    let (left, right) = (text.cursor - text.joinBefore, text.cursor + text.joinAfter)
    guard left >= start, right <= end, left < text.cursor, right > text.cursor else { return nil }
    text.characters.replaceSubrange(
      left..<right, with: characters[text.cursor..<right] + characters[left..<text.cursor])
    text.cursor = right
    return text
  }

  /// To the same column of the line above or below; nil on the first or last line.
  var distanceUp: Int? {
    let start = lineStart(before: cursor)
    guard start > 0 else { return nil }
    return target(inLineAt: lineStart(before: start - 1)) - cursor
  }
  var distanceDown: Int? {
    let end = lineEnd(after: cursor)
    guard end < characters.count else { return nil }
    return target(inLineAt: end + 1) - cursor
  }

  /// Characters to delete so that what people take for the one before the cursor goes, however many it is joined of; a line's indent
  /// goes with its newline. 0 at the start.
  var joinBefore: Int {
    let start = lineStart(before: cursor)
    if start > 0, cursor == start + indent, opensWithIndent(at: start) { return indent + 1 }
    if start == cursor { return min(cursor, 1) }
    return String(scalars: characters[start..<cursor]).last?.unicodeScalars.count ?? 1
  }

  /// Characters from the cursor to delete so that the one under it goes, as for `joinBefore`. 0 at the end.
  var joinAfter: Int {
    guard cursor < characters.count else { return 0 }
    if characters[cursor] == Self.newline { return opensWithIndent(at: cursor + 1) ? indent + 1 : 1 }
    return String(scalars: characters[cursor..<lineEnd(after: cursor)]).first?.unicodeScalars.count ?? 1
  }

  /// How far the cursor is from the end of what people take for one character, where it stands within it; else 0.
  var distanceToWhole: Int {
    let start = lineStart(before: cursor)
    var end = start
    for character in String(scalars: characters[start..<lineEnd(after: cursor)]) where end < cursor {
      end += character.unicodeScalars.count
    }
    return max(0, end - cursor)
  }

  /// Whether what begins at `index`, the start of a line after the first, is its indent.
  func opensWithIndent(at index: Int) -> Bool {
    index + indent <= characters.count
      && characters[index..<index + indent].allSatisfy { $0 == UInt32(UInt8(ascii: " ")) }
  }

  /// The text with every line after the first opening with a whole indent, the cursor behind it; nil where that is so already.
  var withWholeIndents: EditedText? {
    guard indent > 0, characters.contains(Self.newline) else { return nil }
    var mended = EditedText(characters: [], cursor: cursor, indent: indent)
    var start = 0
    for (index, character) in characters.enumerated() {
      mended.characters.append(character)
      guard character == Self.newline else { continue }
      start = index + 1
      let blanks = characters[start...].prefix(indent).prefix { $0 == UInt32(UInt8(ascii: " ")) }.count
      let missing = indent - blanks
      mended.characters += Array(repeating: UInt32(UInt8(ascii: " ")), count: missing)
      if cursor >= start + blanks { mended.cursor += missing }
      if cursor >= start, cursor < start + blanks { mended.cursor += start + blanks + missing - cursor }
    }
    return mended.characters == characters && mended.cursor == cursor ? nil : mended
  }

  private func lineStart(before index: Int) -> Int {
    (characters[..<index].lastIndex(of: Self.newline) ?? -1) + 1
  }

  private func lineEnd(after index: Int) -> Int {
    characters[index...].firstIndex(of: Self.newline) ?? characters.count
  }

  private func contentStart(ofLineAt start: Int) -> Int {
    start > 0 && opensWithIndent(at: start) ? start + indent : start
  }

  /// Where in the line that begins at `start` the cursor keeps its column. The prompt counts as the first line's indent.
  private func target(inLineAt start: Int) -> Int {
    let own = lineStart(before: cursor)
    let column = cursor - own + (own == 0 ? indent : 0)
    let wanted = start + column - (start == 0 ? indent : 0)
    return min(max(wanted, contentStart(ofLineAt: start)), lineEnd(after: start))
  }
}

extension String {
  /// Unicode scalar values as a text; what is none becomes U+FFFD.
  init(scalars: ArraySlice<UInt32>) {
    self.init(String.UnicodeScalarView(scalars.map { Unicode.Scalar($0) ?? "\u{FFFD}" }))
  }
}
