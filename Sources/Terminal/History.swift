import Foundation
import Outside
import SourceText

/// The statements of earlier sessions and of this one, each once: said again, it moves to the end. Those of the workspace at hand come
/// last, so that they are recalled first; before them stand those of all others.
package struct History {
  /// Statements kept; older ones are forgotten.
  package static let limit = 2000
  /// A statement longer than this, in UTF-8 bytes, is not worth recalling.
  static let longestEntry = 64 * 1024

  /// Oldest first.
  package private(set) var entries: [String] = []
  /// Those that failed when they were last run.
  package private(set) var failed: Set<String> = []
  private let file: OutsideFile?
  private var everywhere: Part
  /// Of the workspace at hand; without a file for one in memory.
  private var here = Part(nil)
  private var workspace: String?
  /// Whether what is added is recalled in this session alone, and no file has it.
  package var isPrivate = false
  /// Of this session, for the session alone.
  private var secrets: [HistoryFile.Entry] = []

  /// Statements and the file that keeps them, if one does.
  private struct Part {
    var file: HistoryFile?
    var entries: [HistoryFile.Entry] = []

    init(_ file: OutsideFile?) { self.file = file.map { HistoryFile($0) } }

    mutating func add(_ entry: HistoryFile.Entry) {
      entries.append(entry)
      file?.append(entry, keeping: History.limit)
    }

    /// Reads the file again if another shell has written to it; whether it had.
    mutating func takeWhatOthersWrote() -> Bool {
      guard let written = file?.readIfChanged() else { return false }
      entries = written.map { HistoryFile.Entry(text: $0.text.asRecalled, hasFailed: $0.hasFailed) }
      return true
    }
  }

  /// Where the XDG base directory specification wants it: `$XDG_STATE_HOME/waymark/history`, by default in `~/.local/state`. nil
  /// without a home.
  package static func standardPath(_ environment: [String: String]) -> String? {
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/waymark/history" }
    return environment["HOME"].map { $0 + "/.local/state/waymark/history" }
  }

  /// Without a file nothing is kept beyond the session. Statements of a workspace are kept in one of its own as well, beside it.
  package init(_ file: OutsideFile?) {
    self.file = file
    everywhere = Part(file)
    _ = takeWhatOthersWrote()
  }

  /// Adds what was typed, to the files too unless it holds a secret. Blank texts are not history. A file that cannot be written
  /// is let be: the session's own history goes on.
  package mutating func add(_ entry: String) {
    let entry = entry.asRecalled
    guard !entry.allSatisfy(\.isWhitespace), entry.utf8.count <= Self.longestEntry else { return }
    guard entry != entries.last || failed.contains(entry) else { return }
    failed.remove(entry)
    entries.removeAll { $0 == entry }
    entries.append(entry)
    if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
    keep(HistoryFile.Entry(text: entry))
  }

  /// Notes that what was added last has failed.
  package mutating func noteFailure() {
    guard let last = entries.last, failed.insert(last).inserted else { return }
    keep(HistoryFile.Entry(text: last, hasFailed: true))
  }

  private mutating func keep(_ entry: HistoryFile.Entry) {
    guard !isPrivate, !Self.holdsSecret(entry.text) else { return secrets.append(entry) }
    everywhere.add(entry)
    here.add(entry)
  }

  /// Goes on in the workspace of a file, or in one in memory; whether that is another than before.
  package mutating func turn(to workspace: String?) -> Bool {
    let workspace = workspace.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
    guard workspace != self.workspace else { return false }
    self.workspace = workspace
    here = Part(workspace.flatMap { file(of: $0) })
    _ = here.takeWhatOthersWrote()
    gather()
    return true
  }

  /// Reads the files again if other shells have written to them; whether one had.
  package mutating func takeWhatOthersWrote() -> Bool {
    let news = [everywhere.takeWhatOthersWrote(), here.takeWhatOthersWrote()]
    guard news.contains(true) else { return false }
    gather()
    return true
  }

  private mutating func gather() {
    let latest = Self.latestOfEach(everywhere.entries + here.entries + secrets).suffix(Self.limit)
    entries = latest.map(\.text)
    failed = Set(latest.filter(\.hasFailed).map(\.text))
  }

  /// `workspaces/shop.waymark-1f2e3d4c5b6a7988` beside the file of all: the workspace's name and a hash of its path.
  private func file(of workspace: String) -> OutsideFile? {
    // FNV-1a, 64 bits: the same in every run.
    let hash = workspace.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    let name = (workspace as NSString).lastPathComponent.prefix(60)
    return file?.sibling(named: "workspaces/\(name)-\(String(repeating: "0", count: 16 - digits.count) + digits)")
  }

  static func latestOfEach(_ entries: [HistoryFile.Entry]) -> [HistoryFile.Entry] {
    var seen: Set<String> = []
    return entries.reversed().filter { seen.insert($0.text).inserted }.reversed()
  }

  /// What a query of an address may call a secret.
  private static let secretNames = ["password=", "passwd=", "pwd=", "pass=", "token=", "secret=", "key="]

  /// Whether a text holds an address with a password in it: `scheme://user:password@host`, or `password=` and the like in its query.
  static func holdsSecret(_ text: String) -> Bool {
    var rest = text[...]
    while let mark = rest.firstRange(of: "://") {
      let address = rest[mark.upperBound...].prefix { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
      if let at = address.lastIndex(of: "@"), address[..<at].contains(":") { return true }
      let query = address.lowercased()
      if secretNames.contains(where: query.contains) { return true }
      rest = rest[mark.upperBound...]
    }
    return false
  }
}

extension String {
  /// As it is edited and shown: tabs as blanks, what a terminal might obey as escapes.
  fileprivate var asRecalled: String { replacing("\t", with: " ").withVisibleControls(keepingLines: true) }
}
