/// What a part of the text at the prompt is, for painting it.
package enum TextStyle: Sendable, Hashable {
  case keyword, name, unknownName, text, number, variable, symbol, comment
  /// What cannot be read.
  case wrong
  /// The bracket at the cursor and the one that it belongs to.
  case bracket
  /// What a search found.
  case match
  /// Text that is not there yet: a suggestion, a hint, the prompt of a line after the first.
  case faint
  /// The candidate chosen in a menu.
  case chosen
}

/// A part of a text, in UTF-8 offsets, and what it is.
package struct StyledRange: Sendable, Hashable {
  package var range: Range<Int>
  package var style: TextStyle

  package init(_ range: Range<Int>, _ style: TextStyle) {
    self.range = range
    self.style = style
  }
}
