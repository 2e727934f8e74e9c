import Language
import SourceText

/// What was typed in a session, in its order, and how it went.
package struct SessionLog {
  struct Entry {
    var text: String
    /// Whether it is a question, or shows something: what a document has a block of its own for.
    var isAsked: Bool
    /// The code of the error that it ended with.
    var failure: String?
  }

  private(set) var entries: [Entry] = []
  /// As many as anybody reads.
  private static let most = 10_000

  /// Whether a statement or a command is of the data and the map, and not of the shell.
  static func holds(_ text: String) -> Bool {
    if text.hasPrefix(".") { return DotCommand.isKept(text) }
    let words = text.prefix(60).split(maxSplits: 2, whereSeparator: \.isWhitespace).prefix(2).map { $0.lowercased() }
    return words.first != "help" && words != ["save", "session"] && !Habits.isFarewell(text)
  }

  mutating func add(_ entry: Entry) {
    if entries.count == Self.most { entries.removeFirst(Self.most / 10) }
    entries.append(entry)
  }

  /// A notebook of it.
  ///
  /// - Parameters:
  ///   - isWhole: whether statements that failed, each with the error it must end with, and those typed again are in it.
  ///   - workspace: the one that it begins in, by its path from the notebook's folder; nil for none.
  func notebook(title: String, workspace: String?, isWhole: Bool) -> String {
    var text = "---\ntitle: \(title.quoted)\n"
    if let workspace { text += "workspace: \(workspace.quoted)\n" }
    text += "---\n\n# \(title)\n"
    var kept: [Entry] = []
    for entry in entries where isWhole || entry.failure == nil {
      if !isWhole, kept.last?.text == entry.text { continue }
      kept.append(entry)
    }
    var open: [String] = []
    func close(_ words: String = "") {
      if !open.isEmpty { text += "\n```way\(words)\n\(open.joined(separator: "\n"))\n```\n" }
      open = []
    }
    for entry in kept {
      if entry.failure != nil || entry.isAsked { close() }
      open.append(entry.text)
      if let failure = entry.failure { close(" error=\(failure)") } else if entry.isAsked { close() }
    }
    close()
    return text
  }
}
