import SourceText

/// A name as a statement writes it: bare where the language reads it as one name in any place, else quoted.
package func nameLiteral(_ name: String) -> String {
  isBareName(name) && !reserved.contains(name.lowercased()) ? name : textLiteral(name)
}

/// A text in quotes, with the escapes of the language.
func textLiteral(_ text: String) -> String {
  var literal = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": literal += "\\\""
    case "\\": literal += "\\\\"
    case "\n": literal += "\\n"
    case "\t": literal += "\\t"
    default:
      if mustEscape(scalar) {
        literal += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        literal.unicodeScalars.append(scalar)
      }
    }
  }
  return literal + "\""
}

/// What a terminal might obey, and what the reader takes for a sign of broken text.
private func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
  scalar.isUnsafeToShow || scalar == "\u{FFFD}" || scalar == "\u{FEFF}"
}

/// A letter or `_`, then letters, digits and `_`, with `.` or `-` between two of these.
private func isBareName(_ name: String) -> Bool {
  var previousIsWord = false
  for (index, scalar) in name.unicodeScalars.enumerated() {
    let isWord = scalar == "_" || isLetter(scalar) || (index > 0 && ("0"..."9").contains(scalar))
    guard isWord || (previousIsWord && (scalar == "." || scalar == "-")) else { return false }
    previousIsWord = isWord
  }
  return previousIsWord
}

private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
  default: false
  }
}

/// Words that would be read as something else where a node or a value is written.
private let reserved: Set<String> = Set(ElementKind.allCases.map(\.rawValue)).union(["event", "step", "true", "false"])

extension String {
  /// Empty, or nothing but white space.
  package var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }
}
