import Language
import SourceText

/// What people type who come from other shells, and what says the same here.
enum Habits {
  /// Whether a whole statement asks to leave.
  static func isFarewell(_ text: String) -> Bool {
    ["exit", "quit", "bye", "logout", "\\q", ":q", "exit()", "quit()", ".quit", ".q"].contains(
      text.lowercased().trimmingBlanks)
  }

  /// What to type instead of a statement that there is not, or of a command of another shell; nil where its words are no habit.
  ///
  /// - Parameter property: one of the events, to group by.
  static func instead(of text: String, property: String?) -> String? {
    let words = text.lowercased().split { $0.isWhitespace || $0 == ";" }.map(String.init)
    guard let first = words.first else { return nil }
    let count = property.map { "count * by \($0.writtenAsName(avoiding: []))" }
    switch first {
    case "select", "with", "from": return [count, "describe", "help count"].compactMap { $0 }.joined(separator: ", ")
    case "insert", "update", "delete", "create", "alter", "drop": return "load events \"FILE\", or help"
    case "show" where ["tables", "databases", "schemas", "columns", "schema"].contains(words.dropFirst().first ?? ""):
      return words[1].hasPrefix("t") || words[1].hasPrefix("d") ? "show events, describe" : "describe"
    case ".tables", ".databases", "\\dt", "\\l", "\\dn": return "show events, describe"
    case ".schema", ".columns", ".indexes", "\\d", "\\d+", "desc", "summary", "head", "info": return "describe"
    case "\\?", "\\h", "?", "man", "commands": return "help"
    case "\\i", "source", "@": return "run \"FILE\""
    case "\\x", "\\pset", "format": return ".mode json, .help"
    case "\\timing": return ".timer on"
    case "history": return "show history, Ctrl-R"
    case "how", "what", "which", "who": return "help, count, funnel"
    case "clear", "cls": return "Ctrl-L"
    case ".quit", ".q", ".bye", ".close": return ".exit"
    case "ls", "dir": return "show results, describe"
    default:
      for sign in ["--", "//", "/*"] where first.hasPrefix(sign) {
        let words = text.trimmingBlanks.dropFirst(2).split(whereSeparator: \.isWhitespace)
        return "# " + words.prefix(8).joined(separator: " ")
      }
      return nil
    }
  }
}
