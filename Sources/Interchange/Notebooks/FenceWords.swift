import SourceText

/// What stands behind `way` on a fence.
package struct FenceWords: Sendable, Hashable {
  package var name: String?
  /// The code of the error that the block must end with.
  package var expectedError: String?
  package var isSkipped = false
  /// Shown folded on a page.
  package var isFolded = false
  package var tolerance = Tolerance.none
  /// What it is in a step of a lesson; nil elsewhere.
  package var role: Role?

  /// What a block of a lesson is for.
  package enum Role: String, CaseIterable, Sendable {
    /// Makes the state that the step needs.
    case setup
    /// What holds when the step is done.
    case check
    /// A likely mistake, what tells it, and what is said then.
    case wrong
    case solution
  }

  private static let known = ["name=", "error=", "skip", "fold", "tolerance="] + Role.allCases.map(\.rawValue)

  package init() {}

  /// - Parameters:
  ///   - text: the line of the fence.
  ///   - start: where in it the words begin, in bytes.
  ///   - fault: makes the error of a place in the line.
  init(
    _ text: String, from start: Int,
    fault: (DiagnosticCode, String, Range<Int>, String?) -> Diagnostic
  ) throws(Diagnostic) {
    for (word, span) in Self.words(of: text, from: start) {
      let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      switch (halves[0], halves.count > 1 ? halves[1] : nil) {
      case ("name", let value?):
        guard Self.isName(value) else {
          throw fault(
            .notebookWord, "a block's name has letters, digits, '-' and '_', and '\(value)' is none", span, "name=april"
          )
        }
        name = value
      case ("error", let value?) where !value.isEmpty: expectedError = value
      case ("skip", nil): isSkipped = true
      case ("fold", nil): isFolded = true
      case (let word, nil) where Role(rawValue: word) != nil && role == nil: role = Role(rawValue: word)
      case ("tolerance", let value?):
        guard let found = Tolerance(value) else {
          throw fault(
            .notebookWord, "'\(value)' is no tolerance", span,
            "tolerance=0.5% (of the figure), tolerance=2pt or tolerance=3")
        }
        tolerance = found
      default:
        let hint = nearest(to: halves[0], among: Self.known.map { $0.replacing("=", with: "") })
        throw fault(
          .notebookWord, "'\(word)' is not a word of a fence", span,
          Self.known.first { $0.replacing("=", with: "") == hint }.map { $0.hasSuffix("=") ? $0 + "…" : $0 }
            ?? "name=…, error=…, skip, fold, tolerance=…")
      }
    }
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 60
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
      }
  }

  /// Each with where it stands in the line, in bytes.
  private static func words(of text: String, from start: Int) -> [(String, Range<Int>)] {
    let bytes = Array(text.utf8)
    var (words, index) = ([(String, Range<Int>)](), start)
    while index < bytes.count {
      let end = bytes[index...].firstIndex { $0 == 32 || $0 == 9 } ?? bytes.count
      if end > index { words.append((String(decoding: bytes[index..<end], as: UTF8.self), index..<end)) }
      index = end + 1
    }
    return words
  }
}
