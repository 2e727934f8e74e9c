import Glibc
import SourceText

/// Keys as they come in, and what comes in between them.
extension LineEditor {
  func nextCharacter() -> UInt32? {
    if mendIndents() || mendCursor() { return EditorCommand.Private.redraw }
    reading.typing.note(edited)
    if !keys.hasPending, pendingKey == nil {
      narrowMenu()
      paint()
    }
    let key = nextKey()
    unpaint()
    guard let key else { return nil }
    if key >= 0x80, let scalar = Unicode.Scalar(key), scalar.isUnsafeToShow { return insertSign(for: scalar) }
    return reading.search == nil ? key : searched(key)
  }

  /// Takes a typed character that a terminal might obey as the escape that the language reads as the same; a control is no text.
  private func insertSign(for scalar: Unicode.Scalar) -> UInt32 {
    if scalar.value >= 0xA0, reading.search == nil {
      _ = library.insert(String(scalar).withVisibleControls().unicodeScalars.map(\.value))
    }
    return EditorCommand.Private.redraw
  }

  /// libedit's own commands know nothing of indents: what they took of one is put back. Whether there was
  /// something that is to be drawn.
  private func mendIndents() -> Bool {
    guard reading.search == nil, !reading.isAnswer, let mended = edited.withWholeIndents else { return false }
    replaceText(with: mended.characters, cursor: mended.cursor)
    return true
  }

  /// Its commands know nothing of characters that are joined of several either: a cursor that was moved into one goes on to its end.
  /// One that is being typed is let be. Whether there was something that is to be drawn.
  private func mendCursor() -> Bool {
    let text = edited
    guard reading.typing.knows(text.characters), text.distanceToWhole > 0 else { return false }
    library.moveCursor(by: text.distanceToWhole)
    return true
  }

  /// nil at the end of input and when the process is to end.
  func nextKey() -> UInt32? {
    if let key = pendingKey {
      pendingKey = nil
      return key
    }
    while true {
      if !keys.hasPending {
        library.flush()
        if !reading.isPrepared, !reading.isAnswer { questions.prepare() }
        reading.isPrepared = true
      }
      switch keys.next() {
      case .character(let key): return key
      case .end:
        // Somebody who leaves does so with a key: this is a terminal that was closed.
        interrupts.hangUp()
        return nil
      case .woken:
        let word = interrupts.takeWord()
        if interrupts.endingSignal != nil { return nil }
        if word.isInterrupted { return Key.interrupt }
        if word.isContinued { takeTerminalAgain() }
        if word.isResized { drawAtNewSize() }
      }
    }
  }

  private enum Key {
    static let interrupt: UInt32 = 0x03
    static let abort: UInt32 = 0x07
    static let search: UInt32 = 0x12
    static let searchForward: UInt32 = 0x13
    static let enter: UInt32 = 0x0D
    static let newline: UInt32 = 0x0A
  }

  /// Takes a key for the search under way, if it is one for it: the key to be acted upon.
  private func searched(_ key: UInt32) -> UInt32 {
    switch key {
    case Key.search: reading.search?.findOlder()
    case Key.searchForward: reading.search?.findNewer()
    // What stands in the line is not what was looked for.
    case Key.enter where reading.search?.isInVain == true, Key.newline where reading.search?.isInVain == true:
      library.write("\u{7}")
    case 0x08, 0x7F: reading.search?.removeLast()
    case Key.abort, Key.interrupt:
      guard let before = reading.search?.before else { break }
      reading.search = nil
      replaceText(with: before.characters, cursor: before.cursor)
    case 0x20..<0x7F, 0xA0...:
      guard let scalar = Unicode.Scalar(key) else { break }
      reading.search?.add(scalar)
    default:
      // Any other key takes what was found and does its own work on it, once the prompt is its old self.
      reading.search = nil
      pendingKey = key
    }
    showSearch()
    return EditorCommand.Private.redraw
  }

  /// Our own stop has been drawn over already; after another's the line is drawn on a row of its own.
  private func takeTerminalAgain() {
    guard stops == 0 else {
      stops -= 1
      return
    }
    reading.painted = nil
    library.takeTerminal(false)
    library.takeTerminal(true)
    library.write("\n")
    library.draw()
    paint()
  }
}
