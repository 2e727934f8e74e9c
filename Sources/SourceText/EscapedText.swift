extension StringProtocol {
  /// The text with another in place of each scalar that `escape` has one for. Takes time in proportion to what it gives;
  /// `String.UnicodeScalarView.append(contentsOf:)` copies all before it each time.
  package func escaped(by escape: (Unicode.Scalar) -> String?) -> String {
    var text = ""
    for scalar in unicodeScalars {
      if let escaped = escape(scalar) { text += escaped } else { text.unicodeScalars.append(scalar) }
    }
    return text
  }
}
