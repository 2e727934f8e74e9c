/// A text that is equal to another only where their bytes are: two ways to write `é` are two texts.
struct ExactText: Hashable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (one: ExactText, other: ExactText) -> Bool { one.text.utf8.elementsEqual(other.text.utf8) }

  /// Texts of the same bytes are equal to Swift as well.
  func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
