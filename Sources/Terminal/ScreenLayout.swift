import CLibEdit
import SourceText

/// Where on the screen the characters of a prompt and a text stand: a row is full at `columns`, a wide character that does not fit
/// moves to the next.
struct ScreenLayout {
  struct Place: Equatable, Comparable {
    /// 0 is the prompt's row.
    var row: Int
    var column: Int

    static func < (left: Place, right: Place) -> Bool { (left.row, left.column) < (right.row, right.column) }
  }

  /// How many columns a character fills.
  enum Widths {
    /// By libedit's rules: tabs stop every eight columns, unprintables show as escapes, a combining mark takes a column.
    case libedit
    /// What a terminal makes of it: a combining mark goes onto the character before it.
    case terminal
  }

  /// Of each character, and of what would follow the last.
  private(set) var places: [Place] = []
  /// How many columns each character fills.
  private(set) var widths: [Int] = []
  /// Index of the cursor's character.
  private let cursor: Int
  /// Rows on which a line after the first begins with its whole indent, in order.
  private(set) var continuations: [Int] = []

  var placeOfCursor: Place { places[cursor] }
  var end: Place { places[places.count - 1] }
  var rowOfCursor: Int { placeOfCursor.row }
  var lastRow: Int { end.row }

  /// - Parameters:
  ///   - clusters: columns of characters that are joined of several, as the terminal was found to show them.
  ///   - opensFullRows: whether a line that ends with a full row has another row, an empty one, before the next line.
  init(
    promptColumns: Int, text: EditedText, columns: Int, widths: Widths = .libedit, clusters: [String: Int] = [:],
    opensFullRows: Bool = true
  ) {
    var joined: [Int: Int] = [:]
    if widths == .terminal {
      for cluster in Self.joinedClusters(of: text.characters) {
        for index in cluster.range { joined[index] = 0 }
        joined[cluster.range.lowerBound] = clusters[cluster.text] ?? cluster.text.displayWidth
      }
    }
    let columns = max(columns, 1)
    cursor = min(max(text.cursor, 0), text.characters.count)
    places.reserveCapacity(text.characters.count + 1)
    var place = Place(row: promptColumns / columns, column: promptColumns % columns)
    for (index, character) in text.characters.enumerated() {
      if character == UInt32(UInt8(ascii: "\n")) {
        self.widths.append(0)
        places.append(place)
        let isOpened = place.column == 0 && index > 0 && text.characters[index - 1] != character
        place = Place(row: place.row + (isOpened && !opensFullRows ? 0 : 1), column: 0)
        if text.indent > 0, text.opensWithIndent(at: index + 1) { continuations.append(place.row) }
        continue
      }
      let width = joined[index] ?? Self.width(of: character, at: place.column, widths)
      self.widths.append(width)
      if place.column + width > columns { place = Place(row: place.row + 1, column: 0) }
      places.append(place)
      place.column += width
      if place.column >= columns { place = Place(row: place.row + 1, column: 0) }
    }
    places.append(place)
  }

  /// Characters of a text that are joined of several, emoji mostly, which terminals show in widths of their own.
  static func joinedClusters(of characters: [UInt32]) -> [(range: Range<Int>, text: String)] {
    let joins = { (character: UInt32) in
      character == 0x200D || character == 0xFE0F || (0x1F1E6...0x1F1FF).contains(character)
        || (0x1F3FB...0x1F3FF).contains(character)
    }
    guard characters.contains(where: joins) else { return [] }
    var clusters: [(range: Range<Int>, text: String)] = []
    var start = 0
    for character in String(scalars: characters[...]) {
      let end = start + character.unicodeScalars.count
      if end - start > 1, characters[start..<end].contains(where: joins) {
        clusters.append((start..<end, String(character)))
      }
      start = end
    }
    return clusters
  }

  static func width(of character: UInt32, at column: Int, _ widths: Widths) -> Int {
    switch character {
    case 0x09: 8 - column % 8
    case 0..<0x20, 0x7F: 2
    default:
      switch edit_width(character) {
      case 0: widths == .libedit ? 1 : 0
      case -1: character > 0xFFFF ? 8 : 7
      case let width: Int(width)
      }
    }
  }
}
