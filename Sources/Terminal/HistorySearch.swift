import Foundation

/// A search backwards through history, as Ctrl-R has it: each key narrows it, Ctrl-R again goes to an older match, Ctrl-S to a newer
/// one. Case counts only where a capital was typed.
struct HistorySearch {
  /// What was being typed, to come back to.
  let before: EditedText
  private(set) var pattern = ""
  private let entries: [String]
  /// Index of the entry found; nil before the first key, and where nothing matches.
  private(set) var match: Int?

  /// `entries` oldest first.
  init(in entries: [String], before: EditedText) {
    self.entries = entries
    self.before = before
  }

  /// What stands before the entry found.
  var prompt: String {
    isInVain ? "no match for '\(pattern)': " : "search '\(pattern)': "
  }

  var entry: String? { match.map { entries[$0] } }

  /// The entry found up to where the pattern begins in it.
  var entryBeforePattern: String {
    guard let entry, let found = range(in: entry) else { return "" }
    return String(entry[..<found.lowerBound])
  }

  mutating func add(_ scalar: Unicode.Scalar) {
    pattern.unicodeScalars.append(scalar)
    find(from: match ?? entries.count - 1)
  }

  mutating func removeLast() {
    if !pattern.isEmpty { pattern.removeLast() }
    find(from: entries.count - 1)
  }

  /// The next older match; stays where there is none.
  mutating func findOlder() {
    guard let here = match else { return }
    find(from: here - 1)
    match = match ?? here
  }

  /// The next newer match; stays where there is none.
  mutating func findNewer() {
    guard let here = match else { return }
    match = entries[(here + 1)...].firstIndex { range(in: $0) != nil } ?? here
  }

  /// Whether something is looked for that is not there.
  var isInVain: Bool { match == nil && !pattern.isEmpty }

  /// Where the pattern first is in an entry.
  func range(in entry: String) -> Range<String.Index>? {
    pattern.contains(where: \.isUppercase)
      ? entry.firstRange(of: pattern) : entry.range(of: pattern, options: .caseInsensitive)
  }

  private mutating func find(from last: Int) {
    guard !pattern.isEmpty, last >= 0 else {
      match = nil
      return
    }
    match = entries[...last].lastIndex { range(in: $0) != nil }
  }
}
