import SourceText

/// What may stand at the cursor: each candidate would replace the same part of the text.
package struct CompletionResult: Sendable, Equatable {
  package struct Candidate: Sendable, Equatable {
    /// As it would be typed, quotes included.
    package var text: String
    /// A few words beside it in the list, such as a count; may be empty.
    package var note: String
    /// Whether a blank follows when it is the only one; not so for a folder or an open quote.
    package var endsWord: Bool

    /// What a terminal might obey becomes the escape that the language reads as the same.
    package init(_ text: String, note: String = "", endsWord: Bool = true) {
      self.text = text.withVisibleControls()
      self.note = note.withVisibleControls()
      self.endsWord = endsWord
    }
  }

  /// UTF-8 offsets into the text, the cursor's offset at their end.
  package var range: Range<Int>
  package var candidates: [Candidate]
  /// Whether there are more that are not among these.
  package var isCut: Bool

  package init(replacing range: Range<Int>, with candidates: [Candidate], isCut: Bool = false) {
    self.range = range
    self.candidates = candidates
    self.isCut = isCut
  }

  /// What Tab puts in place of `typed`, the text in `range`: the only candidate and a blank, or what all candidates
  /// begin with where that is no shorter than what is there; nil where neither would change the text, or not all are known.
  func insertion(for typed: String) -> String? {
    guard let first = candidates.first else { return nil }
    if isCut { return nil }
    if candidates.count == 1 { return first.endsWord ? first.text + " " : first.text }
    let common = candidates.dropFirst().reduce(first.text) { $0.commonPrefix(with: $1.text) }
    return common.count >= typed.count && common != typed ? common : nil
  }
}

extension String {
  /// The characters that both texts begin with.
  func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
