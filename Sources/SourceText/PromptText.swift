/// The prompt as it stands on screens, in docs and in chats.
package enum PromptText {
  package static let first = "way> "
  /// Before each line of a statement after its first; as wide as the other.
  package static let next = "...> "
}

extension String {
  /// Of a text whose lines begin with the prompt only what was typed behind it: replies between are no statements. A text without a
  /// prompt as it is.
  package var withoutPrompts: String {
    guard contains(PromptText.first.dropLast()) || contains(PromptText.next.dropLast()) else { return self }
    let typed = split(separator: "\n", omittingEmptySubsequences: false).compactMap(\.behindPrompt)
    return typed.isEmpty ? self : typed.joined(separator: "\n")
  }
}

extension Substring {
  /// What stands behind the prompt that the line begins with, blanks aside; the prompt's own blank may have been trimmed. Nil
  /// without one.
  fileprivate var behindPrompt: Substring? {
    let line = drop { $0 == " " || $0 == "\t" }
    for prompt in [PromptText.first, PromptText.next] {
      if line.hasPrefix(prompt) { return line.dropFirst(prompt.count) }
      if line == prompt.dropLast() { return "" }
    }
    return nil
  }
}
