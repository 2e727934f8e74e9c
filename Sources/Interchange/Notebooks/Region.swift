/// What the machine wrote behind a block: between two comments what people see, and in a comment of its own the exact values.
///
///     <!-- waymark:result data=… map=… question=… text=… -->
///     ```text
///     what is seen
///     ```
///     <!-- values
///     exact values
///     -->
///     <!-- /waymark -->
package struct Region: Sendable, Hashable {
  static let opening = "<!-- waymark:result"
  static let closing = "<!-- /waymark -->"

  /// In the file: whole lines, and the blank ones between the block and it.
  package let range: Range<Int>
  /// Its lines without what it is indented by, ended by `\n`: as `text(marks:shown:values:)` writes it.
  package let text: String
  /// What stands in the opening comment.
  package let marks: [String: String]
  /// All between the comments but the values, without what it is indented by, in lines of `\n`.
  package let shown: String
  /// Lines of exact values; nil where it has none.
  package let values: String?

  init(_ lines: NotebookLines, _ found: Range<Int>, range: Range<Int>) {
    self.range = range
    let indentation = lines.indentation(found.lowerBound)
    let all = found.map { line in
      String(decoding: lines.content(line).dropFirst(min(indentation, lines.indentation(line))), as: UTF8.self)
    }
    text = Self.text(all[...]) + Self.closing + "\n"
    let words = all[0].split(separator: " ").dropFirst(2)
    marks = Dictionary(
      words.compactMap { word in
        let halves = word.split(separator: "=", maxSplits: 1)
        return halves.count == 2 ? (String(halves[0]), String(halves[1])) : nil
      }, uniquingKeysWith: { $1 })
    let texts = all.dropFirst()
    if let start = texts.lastIndex(of: Self.valuesOpening), let end = texts[start...].firstIndex(of: "-->") {
      (shown, values) = (Self.text(texts[..<start]), Self.text(texts[(start + 1)..<end]))
    } else {
      (shown, values) = (Self.text(texts), nil)
    }
  }

  private static let valuesOpening = "<!-- values"

  private static func text(_ lines: ArraySlice<String>) -> String { lines.map { $0 + "\n" }.joined() }

  /// A region as it is written, in lines of `\n`.
  ///
  /// - Parameters:
  ///   - marks: in their order.
  ///   - shown: what people see; ends with a line feed.
  ///   - values: lines that hold no `--`.
  package static func text(marks: [(String, String)], shown: String, values: String?) -> String {
    let words = marks.map { " \($0.0)=\($0.1)" }.joined()
    let hidden = values.map { valuesOpening + "\n" + $0 + "-->\n" } ?? ""
    return "\(opening)\(words) -->\n\(shown)\(hidden)\(closing)\n"
  }

  /// A text in a fence that is longer than any within it.
  package static func fenced(_ text: String, as language: String) -> String {
    var (longest, run) = (2, 0)
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return "\(fence)\(language)\n\(text)\(text.isEmpty || text.hasSuffix("\n") ? "" : "\n")\(fence)\n"
  }
}
