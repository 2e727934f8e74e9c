import Foundation
import Outside
import SourceText

extension Files {
  /// The file that somebody named, whatever is there. Throws at a shut door, and for a path that the
  /// system cannot have: one with a NUL, which would end it there, one that is too long, links that lead in a circle.
  func checked(_ written: String, at span: Range<Int>?) throws(Diagnostic) -> OutsideFile {
    let file = try file(written, at: span)
    let path = file.path
    guard !path.utf8.contains(0) else {
      throw Diagnostic(.filePath, "no path holds a NUL, and '\(Self.shown(written))' does", at: span)
    }
    var status = stat()
    // SAFETY: the path is passed as a copy that ends in 0, and the call fills exactly the one `stat` it is given.
    guard unsafe stat(path, &status) != 0 else { return file }
    switch errno {
    case ENAMETOOLONG:
      throw Diagnostic(.filePath, "the path '\(Self.shown(written))' is longer than the system takes", at: span)
    case ELOOP:
      let links = circle(from: path).map(self.written)
      throw Diagnostic(
        .filePath, "'\(Self.shown(written))' leads to no file: links lead round, \(links.joined(separator: " -> "))",
        at: span)
    default: return file
    }
  }

  /// Why no file is called so, where it is a pattern that files fit; nil where it is none, or none do.
  func patternFault(_ written: String, at span: Range<Int>?) -> Diagnostic? {
    guard let found = PathPattern(written)?.matches(in: self), let first = found.first else { return nil }
    let names = found.prefix(10).joined(separator: ", ") + (found.count > 10 ? " and \(found.count - 10) more" : "")
    let fit = found.count == 1 ? "1 file fits" : "\(found.count) files fit"
    return Diagnostic(
      .filePattern, "no file is called '\(Self.shown(written))'; \(fit) it as a pattern, and one is due: \(names)",
      at: span, hint: first.quoted)
  }

  /// The links that lead back to the first of them, which stands at both ends; of a path that leads round.
  private func circle(from path: String) -> [String] {
    var (place, passed): (String, [String]) = (path, [])
    // As many as the kernel follows.
    while passed.count <= 40 {
      guard let (link, target) = firstLink(of: place) else { return passed }
      if let start = passed.firstIndex(of: link) { return passed[start...] + [link] }
      passed.append(link)
      place = target
    }
    return passed
  }

  /// The first part of a path that is a link, and where the path leads if that is followed.
  private func firstLink(of path: String) -> (link: String, path: String)? {
    let parts = path.split(separator: "/")
    for count in 1...max(1, parts.count) {
      let link = "/" + parts.prefix(count).joined(separator: "/")
      guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: link) else { continue }
      let base =
        target.hasPrefix("/") ? target : "/" + (parts.prefix(count - 1) + [Substring(target)]).joined(separator: "/")
      return (link, Self.plain(([base] + parts.dropFirst(count).map(String.init)).joined(separator: "/")))
    }
    return nil
  }

  /// Without `.` and `..`. Links in front of a `..` have been followed.
  private static func plain(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// A path in a message. The end of a long one tells more than its beginning.
  private static func shown(_ written: String) -> String {
    let visible = written.replacing("\0", with: "\\u{0}")
    return visible.count > 120 ? "…" + visible.suffix(119) : visible
  }
}

extension DiagnosticCode {
  package static let filePattern = DiagnosticCode(
    "file.pattern", "No file has this name, which files fit as a pattern; one of them is due.")
  package static let filePath = DiagnosticCode(
    "file.path", "No file can be there: the path holds a NUL, is too long, or its links lead in a circle.")
}
