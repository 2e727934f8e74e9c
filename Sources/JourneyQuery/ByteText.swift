/// A text that is equal to another only where their bytes are: two ways to write `é` are two texts.
package struct ByteText: Hashable, Sendable {
  private let text: String

  package init(_ text: String) { self.text = text }

  package static func == (one: ByteText, other: ByteText) -> Bool { one.text.utf8.elementsEqual(other.text.utf8) }

  /// Texts of the same bytes are equal to Swift as well.
  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
