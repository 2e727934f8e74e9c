import Glibc

/// Keys as they come in, and what comes in between them.
extension LineEditor {
  func nextCharacter() -> UInt32? {
    if !keys.hasPending { paintContinuations() }
    guard let key = nextKey() else { return nil }
    return search == nil ? key : searched(key)
  }

  /// nil at the end of input and when the process is to end.
  func nextKey() -> UInt32? {
    if let key = pendingKey {
      pendingKey = nil
      return key
    }
    while true {
      switch keys.next() {
      case .character(let key): return key
      case .end: return nil
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
  }

  /// Takes a key for the search under way, if it is one for it: the key to be acted upon.
  private func searched(_ key: UInt32) -> UInt32 {
    switch key {
    case Key.search: search?.findOlder()
    case 0x08, 0x7F: search?.removeLast()
    case Key.abort, Key.interrupt:
      guard let before = search?.before else { break }
      search = nil
      replaceText(with: before.characters, cursor: before.cursor)
    case 0x20..<0x7F, 0xA0...:
      guard let scalar = Unicode.Scalar(key) else { break }
      search?.add(scalar)
    default:
      // Any other key takes what was found and does its own work on it, once the prompt is its old self.
      search = nil
      pendingKey = key
    }
    return EditorCommand.Private.searchStep
  }

  /// Our own stop has been drawn over already; after another's the line is drawn on a row of its own.
  private func takeTerminalAgain() {
    guard stops == 0 else {
      stops -= 1
      return
    }
    library.takeTerminal(false)
    library.takeTerminal(true)
    library.write("\n")
    library.draw()
  }

  /// Terminals wrap what they show anew at their new width; from there the line is drawn again.
  private func drawAtNewSize() {
    let layout = layout(TerminalFacts(descriptor: STDOUT_FILENO, environment: [:]))
    if speaksANSI {
      library.write("\r" + (layout.rowOfCursor > 0 ? "\u{1B}[\(layout.rowOfCursor)A" : "") + "\u{1B}[J")
    } else {
      library.write("\n")
    }
    library.takeSize()
    library.draw()
    paintContinuations()
  }

  /// Paints the continuation prompt over the indents, which libedit takes for blanks.
  func paintContinuations() {
    guard speaksANSI else { return }
    let facts = TerminalFacts(descriptor: STDOUT_FILENO, environment: [:])
    let layout = layout(facts)
    let firstVisible = max(0, layout.lastRow - facts.rows + 1)
    let rows = layout.continuations.filter { $0 >= firstVisible }
    guard !rows.isEmpty else { return }
    library.write(
      rows.reduce(into: "\u{1B}7") { painting, row in
        let distance = row - layout.rowOfCursor
        if distance != 0 { painting += "\u{1B}[\(abs(distance))\(distance < 0 ? "A" : "B")" }
        painting += "\r\u{1B}[2m\(prompts.next)\u{1B}[22m\u{1B}8"
      })
  }
}
