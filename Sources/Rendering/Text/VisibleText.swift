extension Unicode.Scalar {
  /// Whether a terminal might obey this scalar, or text run backwards after it: control characters, line and paragraph separators,
  /// bidirectional embeddings, overrides and isolates. Joiners stay: scripts and emoji need them.
  var isUnsafeToShow: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

extension StringProtocol {
  /// The text with every unsafe scalar as the escape the language writes for it: `\n`, `\t`, `\u{1B}`. Everything else, backslashes
  /// too, stays as it is.
  func withVisibleControls(keepingLines: Bool = false) -> String {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(self) }
    var shown = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      guard scalar.isUnsafeToShow, !(keepingLines && scalar == "\n") else {
        shown.append(scalar)
        continue
      }
      switch scalar {
      case "\n": shown.append(contentsOf: "\\n".unicodeScalars)
      case "\t": shown.append(contentsOf: "\\t".unicodeScalars)
      default: shown.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
      }
    }
    return String(shown)
  }
}
