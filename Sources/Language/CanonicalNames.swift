import JourneyModel
import SourceText

// How names and texts are written: bare where that reads back as the same name, else quoted.

extension NameSyntax {
  /// The name, quoted if it is no bare name or is one of `keywords` (in lower case), which would win over it.
  package func canonical(avoiding keywords: Set<String> = []) -> String {
    isVariable ? asVariable : text.writtenAsName(avoiding: keywords)
  }

  /// `$name`.
  package var asVariable: String { "$" + text }
}

extension String {
  /// The text as a name of the language.
  package func writtenAsName(avoiding keywords: Set<String> = []) -> String {
    isBareName && !keywords.contains(lowercased()) ? self : quoted
  }

  /// The text between quotes, with everything escaped that cannot stand there or cannot be seen.
  package var quoted: String {
    var result = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        if scalar.mustBeEscaped {
          result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  /// Whether the lexer reads it as one word.
  var isBareName: Bool {
    let scalars = Array(unicodeScalars)
    guard let first = scalars.first, first.startsName else { return false }
    for (index, scalar) in scalars.enumerated().dropFirst() where !scalar.continuesName {
      guard scalar == "." || scalar == "-", scalars[index - 1].continuesName, index + 1 < scalars.count,
        scalars[index + 1].continuesName
      else { return false }
    }
    return true
  }
}

extension Unicode.Scalar {
  /// What a terminal might obey, and what stands for bytes that are no text.
  fileprivate var mustBeEscaped: Bool { isUnsafeToShow || self == "\u{FFFD}" || self == "\u{FEFF}" }
}

/// Keywords that win over a name at some place.
enum Competing {
  static let step = Expectation.one.keywords
  static let check = Expectation.check.keywords
  static let person = Expectation.peopleTest.keywords
  /// After `persona`, `segment` and `did`.
  static let afterGroup = Expectation.testOf.keywords
  static let value = Expectation.value(nil).keywords
  static let node = Expectation.node.keywords
}
