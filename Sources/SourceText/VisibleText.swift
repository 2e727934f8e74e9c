extension Unicode.Scalar {
  /// Whether a terminal might obey this scalar, or text run another way after it: control characters, line and paragraph separators,
  /// the marks, embeddings, overrides and isolates of bidirectional text, and what sets annotations apart. Joiners stay: scripts and
  /// emoji need them. All of them lie in the basic plane.
  package var isUnsafeToShow: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0: true
    case 0xA0..<0x61C: false
    case 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F, 0xFFF9...0xFFFB: true
    default: false
    }
  }
}

extension StringProtocol {
  /// The text with every unsafe scalar as the escape the language writes for it: `\n`, `\t`, `\u{1B}`. Everything else, backslashes
  /// too, stays as it is.
  package func withVisibleControls(keepingLines: Bool = false) -> String {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(self) }
    return escaped { scalar in
      guard scalar.isUnsafeToShow, !(keepingLines && scalar == "\n") else { return nil }
      return switch scalar {
      case "\n": "\\n"
      case "\t": "\\t"
      default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      }
    }
  }
}
