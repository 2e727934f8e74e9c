import Foundation

/// A path with `*`, `?` or `[…]` in it, which files may fit: `2025-*/visits?.csv`. A star takes no `/`, and no point in front.
struct PathPattern {
  private let parts: [String]
  private let isAbsolute: Bool

  /// Entries of folders that are looked at, at most, so that the answer comes soon.
  private static let mostEntries = 20_000

  /// Nil for a path without such signs.
  init?(_ written: String) {
    guard written.contains(where: { "*?[".contains($0) }) else { return nil }
    parts = written.split(separator: "/").map(String.init)
    isAbsolute = written.hasPrefix("/")
  }

  /// The files that fit, as people would write them, in the order of their names.
  func matches(in files: Files) -> [String] {
    var (found, looked) = ([isAbsolute ? "/" : ""], 0)
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      found = found.flatMap { folder -> [String] in
        guard part.contains(where: { "*?[".contains($0) }) else { return [folder + part] }
        let entries = files.names(in: folder.isEmpty ? "." : folder)
        looked += entries.count
        guard looked <= Self.mostEntries else { return [] }
        // SAFETY: both are passed as copies that end in 0.
        return entries.filter { unsafe fnmatch(part, $0, FNM_PERIOD) == 0 }.map { folder + $0 }
      }.filter { files.isFolder($0).map { $0 != isLast } ?? false }
      if !isLast { found = found.map { $0 + "/" } }
    }
    return found.sorted()
  }
}
