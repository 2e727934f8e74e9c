/// A text on its way out: what it says, and how parts of it are to look on a screen.
///
/// The words are data, whatever they hold; how they look stands apart from them. What is sent to a terminal is made of both here and
/// nowhere else, so that no word can become a control sequence.
package struct PaintedText: Sendable, Hashable {
  private struct Run: Sendable, Hashable {
    var words: String
    /// Parameters of ANSI's "select graphic rendition", digits and semicolons; empty for the terminal's own.
    var rendition: String
  }

  private var runs: [Run] = []

  package init() {}

  package init(_ words: String) { append(words) }

  package mutating func append(_ words: String, rendition: String = "") {
    guard !words.isEmpty else { return }
    if let last = runs.indices.last, runs[last].rendition == rendition {
      runs[last].words += words
    } else {
      runs.append(Run(words: words, rendition: rendition))
    }
  }

  package mutating func append(_ text: PaintedText) {
    for run in text.runs { append(run.words, rendition: run.rendition) }
  }

  package var isEmpty: Bool { runs.isEmpty }

  package var endsWithNewline: Bool { runs.last?.words.hasSuffix("\n") ?? false }

  /// What it says, as it is: for files and other programs.
  package var words: String { runs.count == 1 ? runs[0].words : runs.map(\.words).joined() }

  /// What it says, as a terminal shows it: everything a terminal might obey, save the newline, as a sign.
  package var shownWords: String { words.withVisibleControls(keepingLines: true) }

  /// What a terminal is sent.
  package var forTerminal: String {
    runs.map { run in
      let shown = run.words.withVisibleControls(keepingLines: true)
      guard !run.rendition.isEmpty else { return shown }
      let parameters = run.rendition.filter { $0.isASCII && ($0.isNumber || $0 == ";") }
      return "\u{1B}[\(parameters)m\(shown)\u{1B}[0m"
    }.joined()
  }
}
