import SourceText

/// What a notebook says of itself before its text: YAML between two lines `---`.
package struct FrontMatter: Sendable, Hashable {
  package var title: String?
  /// The workspace that it reads, by its path from the notebook's folder.
  package var workspace: String?
  /// Where its dates and days are read.
  package var zone: String?
  /// Of a lesson: how long it takes, for its list.
  package var minutes: Int?
  /// Of a lesson: whether a step may be left to the shell; `skip: off` says no.
  package var canSkip = true
  /// In the order of the file.
  package var parameters: [Parameter] = []

  package struct Parameter: Sendable, Hashable {
    package var name: String
    /// As it is written, without quotes.
    package var value: String
    /// Whether it is a text whatever it looks like.
    package var isQuoted: Bool
    /// From 1.
    package var line: Int
  }

  /// How many lines it takes with its marks, and where these end; 0 without any.
  let lineCount: Int
  package let end: Int

  private static let known = ["title", "workspace", "zone", "params", "minutes", "skip"]

  init(_ lines: NotebookLines) throws(Diagnostic) {
    func isMark(_ line: Int, among marks: [String]) -> Bool {
      marks.contains { lines.line(line, begins: $0) } && lines.text(line).trimmed.count == 3
        && lines.indentation(line) == 0
    }
    guard !lines.ranges.isEmpty, isMark(0, among: ["---"]) else {
      (lineCount, end) = (0, 0)
      return
    }
    guard let last = (1..<lines.ranges.count).first(where: { isMark($0, among: ["---", "..."]) }) else {
      throw lines.fault(.notebookFront, "the front matter has no end", line: 0, hint: "a line '---' behind it")
    }
    (lineCount, end) = (last + 1, lines.ranges[last].upperBound)
    let text = (1..<last).map { "\n" + lines.text($0) }.joined()
    guard text.contains(where: { !$0.isWhitespace }) else { return }
    let root: DocumentNode
    do {
      root = try MapSource(file: lines.file).yamlDocument(text)
    } catch {
      throw Diagnostic(.notebookFront, "the front matter is no YAML: \(error.message)", place: error.place)
    }
    guard case .mapping(let entries) = root.content else {
      throw lines.fault(.notebookFront, "the front matter has no names", line: 1, hint: "title: …")
    }
    for entry in entries { try take(entry, lines) }
  }

  private mutating func take(_ entry: DocumentNode.Entry, _ lines: NotebookLines) throws(Diagnostic) {
    switch entry.key {
    case "title": title = try Self.value(of: entry, lines).text
    case "workspace": workspace = try Self.value(of: entry, lines).text
    case "zone": zone = try Self.value(of: entry, lines).text
    case "minutes":
      minutes = Int(try Self.value(of: entry, lines).text)
      if minutes.map({ !(1...600).contains($0) }) ?? true {
        throw lines.fault(.notebookFront, "minutes is a number", line: entry.mark.line - 1, hint: "minutes: 10")
      }
    case "skip":
      guard let skips = ["on": true, "off": false, "true": true, "false": false][try Self.value(of: entry, lines).text]
      else { throw lines.fault(.notebookFront, "skip is on or off", line: entry.mark.line - 1, hint: "skip: off") }
      canSkip = skips
    case "params":
      guard case .mapping(let entries) = entry.value.content else {
        throw lines.fault(
          .notebookFront, "params has a value for each name", line: entry.mark.line - 1,
          hint: "params: { month: 2025-04 }")
      }
      for entry in entries {
        let (text, isPlain) = try Self.value(of: entry, lines)
        parameters.append(Parameter(name: entry.key, value: text, isQuoted: !isPlain, line: entry.mark.line))
      }
    case let other:
      // Other tools keep their own there; what is nearly ours was meant to be.
      guard let near = nearest(to: other, among: Self.known) else { return }
      throw lines.fault(
        .notebookFront, "'\(other)' is nothing that a notebook knows", line: entry.mark.line - 1, hint: "\(near): …")
    }
  }

  private static func value(
    of entry: DocumentNode.Entry, _ lines: NotebookLines
  ) throws(Diagnostic) -> (text: String, isPlain: Bool) {
    guard case .scalar(let text, let isPlain) = entry.value.content else {
      throw lines.fault(.notebookFront, "\(entry.key) has one value, a text", line: entry.mark.line - 1)
    }
    return (text, isPlain)
  }
}

extension DiagnosticCode {
  package static let notebookFront = DiagnosticCode(
    "notebook.front", "The front matter of a notebook is no YAML, or says something that a notebook does not know.")
}
