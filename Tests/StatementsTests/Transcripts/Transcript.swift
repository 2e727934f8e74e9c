import Foundation

/// A text with prompt lines and the exact replies to them.
///
///     # what it shows; `# needs duckdb` in the first line if it does
///     <<< events.csv
///     user,time,event
///     >>>
///     way> load events "events.csv"
///     loaded …
///
/// A statement goes on in lines that start with `...> `. A file block gives the session a file to find. A blank line before a prompt
/// line belongs to nobody. In Markdown only the blocks fenced as `way` count.
struct Transcript {
  enum Part: Equatable {
    /// Kept as it is: comments, blank lines, prose.
    case text(String)
    case file(name: String, lines: [String])
    case exchange(statement: [String], reply: [String])
  }
  var parts: [Part] = []

  init(_ source: String, isMarkdown: Bool = false) {
    var lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    var isInside = !isMarkdown
    while let line = lines.popFirst() {
      if isMarkdown, line.hasPrefix("```") {
        isInside = line == "```way"
        parts.append(.text(line))
      } else if isInside, line.hasPrefix("<<< ") {
        let end = lines.firstIndex(of: ">>>") ?? lines.endIndex
        parts.append(.file(name: String(line.dropFirst(4)), lines: Array(lines[..<end])))
        lines = lines[min(end + 1, lines.endIndex)...]
      } else if isInside, line.hasPrefix("way> ") {
        var statement = [String(line.dropFirst(5))]
        while let next = lines.first, next.hasPrefix("...> ") {
          statement.append(String(next.dropFirst(5)))
          lines.removeFirst()
        }
        let end = lines.firstIndex { Self.endsReply($0, isMarkdown) } ?? lines.endIndex
        var reply = Array(lines[..<end])
        lines = lines[end...]
        var blanks: [Part] = []
        while reply.last == "" { blanks.append(.text(reply.removeLast())) }
        parts.append(.exchange(statement: statement, reply: reply))
        parts += blanks
      } else {
        parts.append(.text(line))
      }
    }
  }

  private static func endsReply(_ line: String, _ isMarkdown: Bool) -> Bool {
    line.hasPrefix("way> ") || line.hasPrefix("<<< ") || (isMarkdown ? line == "```" : line.hasPrefix("# "))
  }

  var text: String {
    parts.map { part in
      switch part {
      case .text(let line): line
      case .file(let name, let lines): (["<<< " + name] + lines + [">>>"]).joined(separator: "\n")
      case .exchange(let statement, let reply):
        (zip(["way> "] + Array(repeating: "...> ", count: statement.count), statement).map { $0 + $1 } + reply)
          .joined(separator: "\n")
      }
    }.joined(separator: "\n")
  }
}
