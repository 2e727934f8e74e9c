import Glibc
import SourceText

/// What the editor's own commands do.
extension LineEditor: LibEdit.Client {
  func perform(_ command: EditorCommand) -> LibEdit.Action {
    if command != .lastArgument { reading.lastArgument = nil }
    return switch command {
    case .enter: enter()
    case .openLine: openLine()
    case .complete: complete(forward: true)
    case .completeBack: complete(forward: false)
    case .interrupt: interrupt()
    case .abandon: abandon()
    case .endOrDelete: endOrDelete()
    case .suspend: suspend()
    case .up: moveInMenu(rows: -1) ?? move(by: edited.distanceUp, else: EditorCommand.Private.older)
    case .down: moveInMenu(rows: 1) ?? move(by: edited.distanceDown, else: EditorCommand.Private.newer)
    case .left: moveInMenu(columns: -1) ?? move(by: edited.distanceLeft)
    case .right: moveInMenu(columns: 1) ?? acceptSuggestion(.all) ?? move(by: edited.distanceRight)
    case .wordRight: acceptSuggestion(.word) ?? move(by: nil, else: EditorCommand.Private.nextWord)
    case .lineStart: move(by: edited.distanceToLineStart)
    case .lineEnd: acceptSuggestion(.all) ?? move(by: edited.distanceToLineEnd)
    case .deleteBefore: deleteBefore()
    case .deleteAt: deleteAt()
    case .paste: paste()
    case .search: beginSearch()
    case .redraw: .refresh
    case .undo: replace(with: reading.typing.undo())
    case .redo: replace(with: reading.typing.redo())
    case .lastArgument: insertLastArgument()
    case .editElsewhere: editElsewhere()
    case .deleteWord: deleteWord()
    case .toWordEnd: move(by: edited.distanceToWordEnd)
    case .transpose: replace(with: edited.transposed)
    }
  }

  // MARK: Ending a line

  private func enter() -> LibEdit.Action {
    narrowMenu()
    if reading.menu?.chosen != nil { return closeMenu() }
    reading.menu = nil
    let offer = offer(for: edited)
    if !offer.isEmpty, library.insert(EditedText.indented(offer, by: indent)) {
      // It is drawn before it is taken.
      pendingKey = UInt32(UInt8(ascii: "\r"))
      return .refresh
    }
    if indent > 0, questions.isIncomplete(edited.text) { return openLine() }
    paint(isFinal: true)
    unpaint()
    library.push(EditorCommand.Private.newline)
    return .nothing
  }

  private func openLine() -> LibEdit.Action {
    indent > 0 && library.insert(EditedText.indented("\n", by: indent)) ? .refresh : .beep
  }

  /// Goes to the end of the text first, so that what is said next stands below all of it.
  private func interrupt() -> LibEdit.Action {
    reading.menu = nil
    paint(isFinal: true)
    unpaint()
    let text = edited
    library.moveCursor(by: text.characters.count - text.cursor)
    library.push(EditorCommand.Private.abandon)
    return .moveCursor
  }

  private func abandon() -> LibEdit.Action {
    reading.outcome = .interrupted
    library.write("^C\n")
    return .endOfFile
  }

  private func endOrDelete() -> LibEdit.Action {
    guard edited.characters.isEmpty else { return deleteAt() }
    reading.outcome = .endOfFile
    library.write("\n")
    return .endOfFile
  }

  private func suspend() -> LibEdit.Action {
    leaveText()
    if speaksANSI { library.write(Self.pasteMarks(false)) }
    library.flush()
    library.takeTerminal(false)
    stops += 1
    raise(SIGTSTP)
    library.takeTerminal(true)
    if speaksANSI { library.write(Self.pasteMarks(true)) }
    library.takeSize()
    library.draw()
    return .nothing
  }

  /// To the row below the text, where something else may be written.
  func leaveText() {
    let layout = layout()
    library.write(String(repeating: "\n", count: layout.lastRow - layout.rowOfCursor + 1))
  }

  // MARK: Moving and deleting

  func move(by distance: Int) -> LibEdit.Action {
    library.moveCursor(by: distance)
    return .moveCursor
  }

  /// Where the text has no line to go to, does what `keys` are bound to.
  private func move(by distance: Int?, else keys: String) -> LibEdit.Action {
    if let distance { return move(by: distance) }
    library.push(keys)
    return .nothing
  }

  private func deleteBefore() -> LibEdit.Action {
    let count = edited.joinBefore
    library.deleteBeforeCursor(count)
    return count == 0 ? .beep : .refresh
  }

  private func deleteAt() -> LibEdit.Action {
    let count = edited.joinAfter
    library.moveCursor(by: count)
    library.deleteBeforeCursor(count)
    return count == 0 ? .beep : .refresh
  }

  /// What is deleted can be had again with ^Y, as of libedit's own: it keeps what was between its mark and the cursor.
  private func deleteWord() -> LibEdit.Action {
    guard edited.distanceToWordEnd > 0 else { return .beep }
    library.push(EditorCommand.Private.mark + EditorCommand.Private.wordEnd + EditorCommand.Private.kill)
    return .nothing
  }

  // MARK: Inserting

  private func replace(with text: EditedText?) -> LibEdit.Action {
    guard let text else { return .beep }
    replaceText(with: text.characters, cursor: text.cursor)
    return .refresh
  }

  func replaceText(with characters: [UInt32], cursor: Int) {
    let text = edited
    library.moveCursor(by: text.characters.count - text.cursor)
    library.deleteBeforeCursor(text.characters.count)
    _ = library.insert(characters)
    library.moveCursor(by: cursor - characters.count)
  }

  /// Takes everything up to the mark that ends a paste as text: nothing in it is a key, and it runs with the next Enter.
  private func paste() -> LibEdit.Action {
    let mark = "\u{1B}[201~".unicodeScalars.map(\.value)
    var pasted: [UInt32] = []
    while !pasted.ends(with: mark), let character = nextKey() { pasted.append(character) }
    if pasted.ends(with: mark) { pasted.removeLast(mark.count) }
    let text = String(scalars: pasted[...]).asPasted.withoutPrompts
    return library.insert(EditedText.indented(text, by: indent)) ? .refresh : .beep
  }

  // MARK: Searching

  private func beginSearch() -> LibEdit.Action {
    reading.search = HistorySearch(in: history.entries, before: edited)
    showSearch()
    return .refresh
  }

  /// What the search has found, or without one the prompt as it was, from the next refresh on.
  func showSearch() {
    show(prompt: reading.search?.prompt ?? ownPrompt)
    guard let search = reading.search, let entry = search.entry else { return }
    let cursor = EditedText.indented(search.entryBeforePattern, by: indent).count
    replaceText(with: EditedText.indented(entry, by: indent), cursor: cursor)
  }
}

extension Array<UInt32> {
  fileprivate func ends(with mark: [UInt32]) -> Bool { suffix(mark.count).elementsEqual(mark) }
}

extension String {
  /// The text as an editor takes it from a clipboard: newlines all `\n` and none at the end, tabs as blanks, no control characters,
  /// and what else a terminal might obey as the language's escapes.
  var asPasted: String {
    let lines = replacing("\r\n", with: "\n").replacing("\r", with: "\n").replacing("\t", with: " ")
    var scalars = lines.unicodeScalars.filter { $0 == "\n" || !($0.value < 0x20 || (0x7F..<0xA0).contains($0.value)) }
    while scalars.last == "\n" { scalars.removeLast() }
    return String(String.UnicodeScalarView(scalars)).withVisibleControls(keepingLines: true)
  }
}
