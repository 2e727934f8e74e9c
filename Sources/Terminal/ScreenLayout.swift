import CLibEdit

/// On which rows of the screen libedit draws a prompt and a text, by its own rules: a row is full at `columns`, a wide
/// character that does not fit moves to the next, tabs stop every eight columns, unprintables show as escapes.
struct ScreenLayout {
  /// Rows from the prompt's, which is 0.
  private(set) var rowOfCursor = 0
  private(set) var lastRow = 0
  /// Rows on which a line after the first begins with its whole indent, in order.
  private(set) var continuations: [Int] = []

  init(promptColumns: Int, text: EditedText, columns: Int) {
    var column = promptColumns % max(columns, 1)
    var row = promptColumns / max(columns, 1)
    for (index, character) in text.characters.enumerated() {
      if index == text.cursor { rowOfCursor = row }
      if character == UInt32(UInt8(ascii: "\n")) {
        (row, column) = (row + 1, 0)
        if text.indent > 0, text.opensWithIndent(at: index + 1) { continuations.append(row) }
        continue
      }
      let width = Self.width(of: character, at: column)
      if column + width > columns { (row, column) = (row + 1, 0) }
      column += width
      if column >= columns { (row, column) = (row + 1, 0) }
    }
    if text.cursor == text.characters.count { rowOfCursor = row }
    lastRow = row
  }

  private static func width(of character: UInt32, at column: Int) -> Int {
    switch character {
    case 0x09: 8 - column % 8
    case 0..<0x20, 0x7F: 2
    default:
      switch edit_width(character) {
      case 0: 1
      case -1: character > 0xFFFF ? 8 : 7
      case let width: Int(width)
      }
    }
  }
}
