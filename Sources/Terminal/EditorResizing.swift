import Glibc
import SourceText

/// What becomes of the prompt when the terminal takes another size.
extension LineEditor {
  /// Draws the line again from its first row, wherever that is now.
  func drawAtNewSize() {
    guard speaksANSI else {
      library.write("\n")
      library.takeSize()
      library.draw()
      return paint()
    }
    let rowsAbove = rowsAboveCursor()
    reading.painted = nil
    var pen = ScreenPen(at: .init(row: rowsAbove, column: 0))
    pen.move(to: .init(row: 0, column: 0))
    pen.clearBelow()
    library.write("\r" + pen.bytes)
    library.takeSize()
    library.draw()
    paint()
  }

  /// Rows of what was drawn that the screen shows above the cursor's.
  private func rowsAboveCursor() -> Int {
    let widths: ScreenLayout.Widths = reading.painted == nil ? .libedit : .terminal
    guard let before = reading.painted?.columns, let cursor = settledCursor() else {
      return layout(widths: widths).rowOfCursor
    }
    let text = edited
    let reflow = Reflow(
      scrolledOff: reading.scrolledOff, prompt: shownPrompt, text: text, clusters: clusterWidths)
    let found = reflow.found(at: cursor, columns: screen.columns, before: before)
    reading.scrolledOff = found.scrolledOff
    return found.rowsAbove
  }

  /// Where the terminal says its cursor is, once it has the width that the system tells: tmux wraps its rows at once and tells of it up to
  /// a quarter of a second later. nil where it does not say.
  private func settledCursor() -> ScreenLayout.Place? {
    var cursor: ScreenLayout.Place?
    for _ in 0..<20 where answersReports {
      library.write(KeyReader.reportRequest + "\u{1B}[9999C" + KeyReader.reportRequest)
      library.flush()
      let places = keys.cursorPlaces(2)
      answersReports = places.count == 2
      guard let place = places.first, let edge = places.last, answersReports else { break }
      cursor = place
      library.write("\r" + (place.column > 0 ? "\u{1B}[\(place.column)C" : ""))
      guard edge.column + 1 != screen.columns else { break }
      _ = poll(nil, 0, 25)
    }
    return cursor
  }
}
