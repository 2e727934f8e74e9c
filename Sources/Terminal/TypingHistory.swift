/// What the text was before each change, for undo and redo. Letters typed one after another are one change.
struct TypingHistory {
  private var past: [EditedText] = []
  private var future: [EditedText] = []
  private var current: EditedText?
  /// Whether the last change added one character that is no blank.
  private var isTyping = false

  private static let limit = 500

  /// Takes note of the text after a key.
  mutating func note(_ text: EditedText) {
    guard let before = current else {
      current = text
      return
    }
    defer { current = text }
    guard before.characters != text.characters else { return }
    let isTyping =
      text.characters.count == before.characters.count + 1 && text.cursor == before.cursor + 1
      && text.characters[before.cursor] != UInt32(UInt8(ascii: " "))
    if !(isTyping && self.isTyping) {
      past.append(before)
      if past.count > Self.limit { past.removeFirst() }
    }
    self.isTyping = isTyping
    future = []
  }

  /// Whether it is the text of the last note.
  func knows(_ characters: [UInt32]) -> Bool { current?.characters == characters }

  /// The text before the last change, which then can be had again; nil where there is none.
  mutating func undo() -> EditedText? { step(from: \.past, to: \.future) }
  mutating func redo() -> EditedText? { step(from: \.future, to: \.past) }

  private mutating func step(
    from: WritableKeyPath<TypingHistory, [EditedText]>, to: WritableKeyPath<TypingHistory, [EditedText]>
  ) -> EditedText? {
    guard let current, let target = self[keyPath: from].popLast() else { return nil }
    self[keyPath: to].append(current)
    self.current = target
    isTyping = false
    return target
  }
}
