/// The statements of earlier sessions and of this one, oldest first, each once: said again, it moves to the end.
package struct History {
  /// Statements kept; older ones are forgotten.
  package static let limit = 2000
  /// A statement longer than this, in UTF-8 bytes, is not worth recalling.
  static let longestEntry = 64 * 1024

  package private(set) var entries: [String] = []
  private var file: HistoryFile?

  /// Where the XDG base directory specification wants it: `$XDG_STATE_HOME/waymark/history`, by default in `~/.local/state`. nil
  /// without a home.
  package static func standardPath(_ environment: [String: String]) -> String? {
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/waymark/history" }
    return environment["HOME"].map { $0 + "/.local/state/waymark/history" }
  }

  /// With `path` nil nothing is kept beyond the session.
  package init(path: String?) {
    file = path.map { HistoryFile(path: $0) }
    _ = takeWhatOthersWrote()
  }

  /// Adds what was typed, to the file too unless it holds a secret. Blank texts are not history. A file that cannot be written
  /// is let be: the session's own history goes on.
  package mutating func add(_ entry: String) {
    guard !entry.allSatisfy(\.isWhitespace), entry.utf8.count <= Self.longestEntry else { return }
    guard entry != entries.last else { return }
    entries.removeAll { $0 == entry }
    entries.append(entry)
    if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
    if !Self.holdsSecret(entry) { file?.append(entry, keeping: Self.limit) }
  }

  /// Reads the file again if another shell has written to it; whether it had. The session's own unwritten entries stay, at the end.
  package mutating func takeWhatOthersWrote() -> Bool {
    guard let written = file?.readIfChanged() else { return false }
    let unwritten = entries.filter(Self.holdsSecret)
    entries = Self.latestOfEach(written + unwritten).suffix(Self.limit)
    return true
  }

  static func latestOfEach(_ entries: [String]) -> [String] {
    var seen: Set<String> = []
    return entries.reversed().filter { seen.insert($0).inserted }.reversed()
  }

  /// Whether a text holds an address with a password in it: `scheme://user:password@host`, or `password=` in its query.
  static func holdsSecret(_ text: String) -> Bool {
    var rest = text[...]
    while let mark = rest.firstRange(of: "://") {
      let address = rest[mark.upperBound...].prefix { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
      if let at = address.lastIndex(of: "@"), address[..<at].contains(":") { return true }
      if address.lowercased().contains("password=") { return true }
      rest = rest[mark.upperBound...]
    }
    return false
  }
}
