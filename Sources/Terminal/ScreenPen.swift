import SourceText

/// Writes over the rows that the prompt stands on. It moves by relative steps only, for the screen may have scrolled since the
/// prompt was drawn.
struct ScreenPen {
  /// What the terminal is to be sent so far.
  private(set) var bytes = ""
  private(set) var place: ScreenLayout.Place
  private var rendition = ""

  /// A pen at the terminal's cursor, which stands at `place`.
  init(at place: ScreenLayout.Place) {
    self.place = place
  }

  /// A pen that begins at the screen's first cell, which shows the start of `row`.
  init(atHome row: Int) {
    place = ScreenLayout.Place(row: row, column: 0)
    bytes = "\u{1B}[H"
  }

  /// Down by line feeds, so that the screen scrolls where the row is not there yet.
  mutating func move(to target: ScreenLayout.Place) {
    let down = target.row - place.row
    bytes += down < 0 ? "\u{1B}[\(-down)A" : String(repeating: "\n", count: down)
    if down != 0 || target.column != place.column {
      bytes += "\r"
      if target.column > 0 { bytes += "\u{1B}[\(target.column)C" }
    }
    place = target
  }

  /// To where the next character of a text is written. Where the row has no room for it, the terminal goes on by itself: told to, it would
  /// take the rows for two lines, and wrap each anew at another width.
  mutating func goOn(to target: ScreenLayout.Place, width: Int, columns: Int) {
    let isWrapped = place.column + width > columns && target == ScreenLayout.Place(row: place.row + 1, column: 0)
    if isWrapped { place = target } else { move(to: target) }
  }

  /// To the start of the next row.
  mutating func openRow() { move(to: ScreenLayout.Place(row: place.row + 1, column: 0)) }

  /// Writes a text of so many columns, which has room on the row.
  mutating func write(_ text: String, columns: Int, _ rendition: String = "") {
    select(rendition)
    bytes += text.withVisibleControls()
    place.column += columns
  }

  mutating func clearRow() {
    select("")
    bytes += "\u{1B}[K"
  }

  /// Clears the rest of the row and all rows below it. Never from the first column on: where that is the screen's first cell, tmux
  /// takes it for a clearing of the screen and keeps what stood there, a second prompt, among the rows that scrolled off.
  mutating func clearBelow() {
    select("")
    bytes += place.column == 0 ? " \u{1B}[J\r\u{1B}[K" : "\u{1B}[J"
  }

  private mutating func select(_ rendition: String) {
    guard rendition != self.rendition else { return }
    bytes += rendition.isEmpty ? "\u{1B}[0m" : "\u{1B}[0;\(rendition)m"
    self.rendition = rendition
  }
}
