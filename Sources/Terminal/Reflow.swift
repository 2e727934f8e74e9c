import SourceText

/// Prompt and text as a terminal holds them once it has another size. Many terminals wrap what they show anew at their new width, others
/// leave it as it is; which it was, the cursor's column tells. Rows of a prompt near the screen's top may scroll off then, and nothing can
/// clear them until they come back, when it is wide again: a line by itself above the one that was drawn since.
struct Reflow {
  /// Lines right above the prompt that cannot be cleared where they are; mostly none.
  var scrolledOff: [UInt32]
  var prompt: String
  var text: EditedText
  /// See `ScreenLayout`.
  var clusters: [String: Int] = [:]

  struct Found: Equatable {
    /// Rows above the cursor's on the screen, down from the first that shows any of it.
    var rowsAbove: Int
    /// What is above the screen's first row, ended by a newline.
    var scrolledOff: [UInt32]
  }

  /// What is remembered of rows that scrolled off; of more, none is.
  private static let limit = 20_000

  /// - Parameters:
  ///   - cursor: where the terminal says it is; its row from the screen's first.
  ///   - before: the width that the text was painted at.
  func found(at cursor: ScreenLayout.Place, columns: Int, before: Int) -> Found {
    // Behind the last cell of a full row is where the next row begins.
    let isBehindRow = cursor.column >= columns
    let column = isBehindRow ? 0 : cursor.column
    let lines = lines(paintedAt: before)
    let wrapped = lines.layout(columns: columns, clusters)
    let known = [wrapped, lines.layout(columns: before, clusters)].first { $0.placeOfCursor.column == column }
    if let known {
      let row = known.rowOfCursor - (isBehindRow ? 1 : 0)
      return lines.found(known, row: max(0, row), onScreen: cursor.row)
    }
    guard cursor == .init(row: 0, column: 0) else {
      return lines.found(wrapped, row: wrapped.rowOfCursor, onScreen: cursor.row)
    }
    // The cursor's own row has scrolled off: the terminal keeps the cursor on the screen. Of a prompt that stood at the top those rows have
    // that it now has more.
    let old = lines.layout(columns: before, clusters)
    let more = wrapped.lastRow - old.lastRow + old.places[scrolledOff.count].row
    return lines.found(wrapped, row: max(more, wrapped.rowOfCursor + 1), onScreen: 0)
  }

  /// What stands on the screen and above it, as the lines that a terminal takes it for. Behind a full row the painting goes on in the next,
  /// also with a new line or the cursor: that row is then a line by itself.
  private func lines(paintedAt columns: Int) -> Lines {
    let drawn = prompt.unicodeScalars.map(\.value) + text.characters
    let places = ScreenLayout(
      promptColumns: prompt.displayWidth, text: text, columns: columns, widths: .terminal, clusters: clusters
    ).places
    let opening = drawn.count - text.characters.count
    var lines = Lines(characters: scrolledOff, cursor: 0)
    for index in 0...drawn.count {
      let (isCursor, isNewline) = (index == opening + text.cursor, index < drawn.count && drawn[index] == Lines.newline)
      let isBehindFullRow =
        index > opening && drawn[index - 1] != Lines.newline && places[index - opening].column == 0
      if isBehindFullRow, isNewline || (isCursor && index == drawn.count) { lines.characters.append(Lines.newline) }
      if isCursor { lines.cursor = lines.characters.count }
      if index < drawn.count { lines.characters.append(drawn[index]) }
    }
    return lines
  }

  private struct Lines {
    var characters: [UInt32]
    var cursor: Int

    static let newline = UInt32(UInt8(ascii: "\n"))

    func layout(columns: Int, _ clusters: [String: Int]) -> ScreenLayout {
      ScreenLayout(
        promptColumns: 0, text: EditedText(characters: characters, cursor: cursor, indent: 0), columns: columns,
        widths: .terminal, clusters: clusters, opensFullRows: false)
    }

    func found(_ layout: ScreenLayout, row: Int, onScreen: Int) -> Found {
      let hidden = row - onScreen
      guard hidden > 0 else { return Found(rowsAbove: row, scrolledOff: []) }
      let end = min(layout.places.firstIndex { $0.row >= hidden } ?? characters.count, characters.count)
      guard end <= Reflow.limit else { return Found(rowsAbove: onScreen, scrolledOff: []) }
      let isWhole = characters[..<end].last == Self.newline
      return Found(rowsAbove: onScreen, scrolledOff: Array(characters[..<end]) + (isWhole ? [] : [Self.newline]))
    }
  }
}
