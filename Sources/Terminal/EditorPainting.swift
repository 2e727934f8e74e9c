import Glibc
import SourceText

/// What a painting left on the screen, and where.
struct Painted {
  /// Where libedit left the terminal's cursor, and takes it to be, or as near to it as the screen has it.
  var libeditCursor: ScreenLayout.Place
  /// How wide the screen was.
  var columns: Int
  var result: Painting.Result
}

/// Colours, suggestions and menus: painted over libedit's drawing when it is done and no key waits, and taken back before a key is
/// acted upon, so that libedit finds the screen as it left it.
extension LineEditor {
  /// - Parameter isFinal: the text is about to be taken as it stands: without suggestion and menu.
  func paint(isFinal: Bool = false) {
    guard speaksANSI else { return }
    unpaint()
    let (text, facts) = (edited, screen)
    measureClusters(in: text)
    let suggestion = isFinal ? "" : suggestion(for: text)
    var painting = Painting(
      prompt: shownPrompt, nextPrompt: prompts.next, text: text, styles: text.styles(styles(of: text)),
      columns: facts.columns, rows: facts.rows,
      clusters: clusterWidths, rendition: { [look] in look.theme.rendition($0, of: look.colours) })
    if let line = suggestion.split(separator: "\n", omittingEmptySubsequences: false).first {
      painting.suggestion = line.count < suggestion.count ? line + " …" : String(line)
    }
    if !isFinal, let menu = reading.menu {
      painting.below = menu.rows(columns: facts.columns, limit: max(1, facts.rows / 2))
    }
    let isTall = layout().lastRow >= facts.rows
    if reading.wasTall, !isTall {
      // libedit has lost its row on the screen: the text is drawn anew from the top.
      var pen = ScreenPen(atHome: 0)
      pen.clearBelow()
      library.write(pen.bytes)
      library.draw()
    }
    reading.wasTall = isTall
    let layout = layout()
    let result = painting.painted(from: layout.placeOfCursor, isTall: isTall)
    library.write(result.bytes)
    var libeditCursor = layout.placeOfCursor
    if let top = result.top { libeditCursor.row = top + max(0, libeditCursor.row - (layout.lastRow - facts.rows + 1)) }
    reading.painted = Painted(libeditCursor: libeditCursor, columns: facts.columns, result: result)
  }

  /// Asks the terminal how wide it shows what is joined of several characters: they differ in it.
  private func measureClusters(in text: EditedText) {
    for cluster in ScreenLayout.joinedClusters(of: text.characters).map(\.text) where clusterWidths[cluster] == nil {
      guard answersReports else { return }
      library.write("\r" + cluster.withVisibleControls() + KeyReader.reportRequest)
      library.flush()
      let column = keys.cursorPlaces(1).first?.column
      answersReports = column != nil
      if let column, (1...8).contains(column) { clusterWidths[cluster] = column }
      // Back to where libedit left the cursor; the row is painted anew.
      let place = layout().placeOfCursor
      library.write("\r\u{1B}[K" + (place.column > 0 ? "\u{1B}[\(place.column)C" : ""))
    }
  }

  /// Takes away what libedit does not know of, and puts the cursor where it left it.
  func unpaint() {
    guard let painted = reading.painted else { return }
    reading.painted = nil
    var pen = ScreenPen(at: painted.result.cursor)
    if painted.result.hasMore, painted.result.top == nil {
      pen.move(to: painted.result.end)
      pen.clearBelow()
    }
    pen.move(to: painted.libeditCursor)
    library.write(pen.bytes)
  }

  private func styles(of text: EditedText) -> [StyledRange] {
    guard let search = reading.search else {
      return reading.isAnswer ? [] : questions.styles(text.text, text.cursorInUTF8)
    }
    let before = EditedText.indented(search.entryBeforePattern, by: indent)
    let start = String(scalars: before[...]).utf8.count
    let found = search.entry.flatMap { entry in search.range(in: entry).map { String(entry[$0]) } } ?? ""
    let length = String(scalars: EditedText.indented(found, by: indent)[...]).utf8.count
    let match = search.entry == nil ? [] : [StyledRange(start..<start + length, .match)]
    return questions.styles(text.text, text.cursorInUTF8) + match
  }

  /// What could follow the text: of history's entries that go on from it the newest, else what the language offers. Only where the
  /// cursor stands at the end of something.
  private func suggestion(for text: EditedText) -> String {
    let offer = offer(for: text)
    guard offer.isEmpty else { return offer }
    guard look.suggests, !reading.isAnswer, reading.search == nil, reading.menu == nil,
      text.cursor == text.characters.count,
      text.characters.contains(where: { $0 != UInt32(UInt8(ascii: " ")) })
    else { return "" }
    let statement = text.statement
    let goesOn = { [history] (entry: String) in
      entry.utf8.count > statement.utf8.count && entry.hasPrefix(statement) && !history.failed.contains(entry)
    }
    if let entry = history.entries.last(where: goesOn) {
      return String(entry.utf8.dropFirst(statement.utf8.count)) ?? ""
    }
    return questions.suggest(text.text).withVisibleControls()
  }

  /// What Enter takes on an empty line; empty where that is nothing, and where it cannot be shown.
  func offer(for text: EditedText) -> String {
    guard text.characters.isEmpty, speaksANSI, look.suggests, !reading.isAnswer, reading.search == nil else {
      return ""
    }
    return questions.offer().withVisibleControls(keepingLines: true)
  }

  enum SuggestedPart { case word, all }

  /// Takes the suggestion behind the text, or its first word; nil where there is none.
  func acceptSuggestion(_ part: SuggestedPart) -> LibEdit.Action? {
    let text = edited
    var taken = suggestion(for: text)[...]
    guard !taken.isEmpty else { return nil }
    if part == .word {
      let blanks = taken.prefix { $0.isWhitespace }
      taken = taken[..<(taken[blanks.endIndex...].firstIndex { $0.isWhitespace } ?? taken.endIndex)]
    }
    return library.insert(EditedText.indented(String(taken), by: indent)) ? .refresh : .beep
  }
}
