import CLibEdit
import SourceText

/// The prompt and the text as people see them: libedit's drawing painted over, row by row, with colours, with the suggestion behind
/// the text and with rows below it. libedit compares characters and not colours, so it never notices.
struct Painting {
  /// A piece of a row below the text.
  struct Segment: Equatable {
    var text: String
    var style: TextStyle?
  }

  var prompt: String
  /// In place of the indent of lines after the first; as wide as that.
  var nextPrompt: String
  var text: EditedText
  /// Parallel to the text's characters.
  var styles: [TextStyle?]
  /// One line that could follow the text; only shown behind its end.
  var suggestion = ""
  /// Rows below the text, each narrower than the screen.
  var below: [[Segment]] = []
  var columns: Int
  var rows: Int
  /// See `ScreenLayout`.
  var clusters: [String: Int] = [:]
  var rendition: (TextStyle) -> String

  /// Where things stand once it is painted.
  struct Result {
    var bytes: String
    var cursor: ScreenLayout.Place
    var end: ScreenLayout.Place
    /// The row of the text that the screen's first row shows, where the text fills the screen and more; else nil.
    var top: Int?
    /// Whether more stands on the screen than prompt and text.
    var hasMore: Bool
  }

  /// Paints from where libedit left the terminal's cursor, and leaves it where people expect it. A text that is taller than the
  /// screen is painted from the screen's first row on, as much of it as fits with the cursor in it.
  func painted(from start: ScreenLayout.Place, isTall: Bool) -> Result {
    let layout = ScreenLayout(
      promptColumns: prompt.displayWidth, text: text, columns: columns, widths: .terminal, clusters: clusters)
    let top = isTall ? max(0, min(layout.lastRow - rows + 1, layout.rowOfCursor)) : 0
    let visible = top..<(isTall ? top + rows : Int.max)
    var pen = isTall ? ScreenPen(atHome: top) : ScreenPen(at: start)
    if top == 0 {
      pen.move(to: .init(row: 0, column: 0))
      pen.write(prompt, columns: prompt.displayWidth)
    }
    paintText(layout, visible, &pen)
    if visible.contains(layout.lastRow) { paintBelow(layout, limit: rows - 1 - (layout.lastRow - top), &pen) }
    pen.move(to: layout.placeOfCursor)
    return Result(
      bytes: pen.bytes, cursor: layout.placeOfCursor, end: layout.end, top: isTall ? top : nil,
      hasMore: !suggestion.isEmpty || !below.isEmpty)
  }

  private func paintBelow(_ layout: ScreenLayout, limit: Int, _ pen: inout ScreenPen) {
    pen.move(to: layout.end)
    let room = columns - layout.end.column - 1
    if !suggestion.isEmpty, room > 1 {
      let shown = suggestion.cut(toColumns: room)
      pen.write(shown, columns: shown.displayWidth, rendition(.faint))
    }
    pen.clearBelow()
    for row in below.prefix(max(0, limit)) {
      pen.openRow()
      for segment in row {
        pen.write(segment.text, columns: segment.text.displayWidth, segment.style.map(rendition) ?? "")
      }
      pen.clearRow()
    }
  }

  private func paintText(_ layout: ScreenLayout, _ visible: Range<Int>, _ pen: inout ScreenPen) {
    var isIndent = 0
    for (index, character) in text.characters.enumerated() {
      let place = layout.places[index]
      let isNewline = character == UInt32(UInt8(ascii: "\n"))
      guard visible.contains(place.row) || (isNewline && visible.contains(place.row + 1)) else { continue }
      // What a row held before may reach further than what it holds now.
      if place.row > pen.place.row, pen.place.column < columns { pen.clearRow() }
      if isNewline {
        if visible.contains(place.row) {
          pen.move(to: place)
          pen.clearRow()
        }
        if visible.contains(place.row + 1), text.opensWithIndent(at: index + 1), text.indent > 0 {
          pen.move(to: .init(row: place.row + 1, column: 0))
          pen.write(nextPrompt, columns: text.indent, rendition(.faint))
          isIndent = text.indent
        }
        continue
      }
      if isIndent > 0 {
        isIndent -= 1
        continue
      }
      let width = layout.widths[index]
      // A combining mark goes onto the character before it, wherever that stands.
      if width > 0 { pen.goOn(to: place, width: width, columns: columns) }
      pen.write(Self.shown(character, width), columns: width, styles[index].map(rendition) ?? "")
    }
  }

  /// A character as a terminal can show it: what is unprintable as libedit writes it.
  private static func shown(_ character: UInt32, _ width: Int) -> String {
    switch character {
    case 0x09: return String(repeating: " ", count: width)
    case 0..<0x20: return "^" + String(Character(Unicode.Scalar(UInt8(character + 0x40))))
    case 0x7F: return "^?"
    default:
      guard edit_width(character) >= 0, let scalar = Unicode.Scalar(character) else {
        return "\\U+" + String(String(character, radix: 16, uppercase: true).suffix(5)).leftPadded(to: 4)
      }
      return String(Character(scalar))
    }
  }
}

extension String {
  fileprivate func leftPadded(to count: Int) -> String {
    String(repeating: "0", count: max(0, count - self.count)) + self
  }
}

extension EditedText {
  /// Styles of UTF-8 ranges of the text as those of its characters; where ranges meet, the later one holds.
  func styles(_ ranges: [StyledRange]) -> [TextStyle?] {
    var styles = [TextStyle?](repeating: nil, count: characters.count)
    guard !ranges.isEmpty else { return styles }
    var starts: [Int] = []
    starts.reserveCapacity(characters.count + 1)
    var offset = 0
    for character in characters {
      starts.append(offset)
      offset += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4
    }
    starts.append(offset)
    for styled in ranges {
      var index = starts.firstIndex(atLeast: styled.range.lowerBound)
      while index < styles.count, starts[index] < styled.range.upperBound {
        styles[index] = styled.style
        index += 1
      }
    }
    return styles
  }
}

extension [Int] {
  /// The first index of a sorted array whose element is `value` or more.
  fileprivate func firstIndex(atLeast value: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
