import Foundation
import Outside
import SourceText
import WholeFiles

/// Statements in a file that several shells share: UTF-8, an entry a line, with `\n` for a newline and `\\` for a backslash in it; `\!`
/// in front says that it failed, until it comes again without.
/// An entry is appended under a lock; now and then the file is written anew, shorter, beside itself and moved into place.
struct HistoryFile {
  /// A statement as it was typed once.
  struct Entry: Hashable {
    var text: String
    var hasFailed = false
  }

  private let path: String
  /// The file's state when it was last read or written here.
  private var known: State?
  /// Lines in the file then, repeats included.
  private var lineCount = 0

  private struct State: Equatable {
    var inode: ino_t
    var size: off_t

    init(_ status: stat) {
      inode = status.st_ino
      size = status.st_size
    }
  }

  init(_ file: OutsideFile) { path = file.path }

  /// The entries, oldest first, if the file has changed since it was last read or written here; nil if not, or if it cannot be read.
  mutating func readIfChanged() -> [Entry]? {
    guard let state = Self.state(of: path), state != known else { return nil }
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    known = state
    let lines = Self.lines(of: data)
    lineCount = lines.count
    return lines.map(Self.entry(in:))
  }

  /// Adds an entry as the last line. Once the file has twice `limit` lines, only the latest `limit` different entries stay.
  mutating func append(_ entry: Entry, keeping limit: Int) {
    guard let lock = openLocked() else { return }
    defer { close(lock) }
    guard let before = Self.state(of: path) else { return }
    var line = Array((Self.line(entry) + "\n").utf8)
    if !endsWithNewline(lock, size: before.size) { line.insert(UInt8(ascii: "\n"), at: 0) }
    guard Self.write(line, to: lock) else {
      // A full disk leaves no half entry behind.
      _ = ftruncate(lock, before.size)
      return
    }
    lineCount += 1
    // What another shell wrote meanwhile is still to be read.
    if before == known { known = Self.state(of: path) }
    if lineCount > 2 * limit { shorten(to: limit) }
  }

  /// Writes the file anew; the caller holds the lock.
  private mutating func shorten(to limit: Int) {
    guard let data = FileManager.default.contents(atPath: path) else { return }
    let latest = History.latestOfEach(Self.lines(of: data).map(Self.entry(in:))).suffix(limit).map(Self.line)
    do {
      let file = try WholeFile(at: FilePlace(path))
      try file.write(Array((latest.joined(separator: "\n") + "\n").utf8))
      try file.commit()
    } catch {
      return
    }
    known = nil
    lineCount = latest.count
  }

  /// The file, made where it is missing, open and locked until closed; nil where that cannot be.
  private func openLocked() -> Int32? {
    let folder = (path as NSString).deletingLastPathComponent
    if !folder.isEmpty {
      try? FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    for _ in 0..<8 {
      // SAFETY: the mode is the one variadic argument that goes with O_CREAT.
      let descriptor = unsafe open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { return nil }
      var status = stat()
      // SAFETY: the call fills exactly the one `stat` it is given.
      if flock(descriptor, LOCK_EX) == 0, unsafe fstat(descriptor, &status) == 0,
        Self.state(of: path)?.inode == status.st_ino
      {
        return descriptor
      }
      // Another shell moved a shorter file into place while this one waited for the lock.
      close(descriptor)
    }
    return nil
  }

  private func endsWithNewline(_ descriptor: Int32, size: off_t) -> Bool {
    guard size > 0 else { return true }
    var last: UInt8 = 0
    // SAFETY: one byte is read into one byte.
    return unsafe pread(descriptor, &last, 1, size - 1) != 1 || last == UInt8(ascii: "\n")
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      // SAFETY: the buffer's own address and count.
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func state(of path: String) -> State? {
    var status = stat()
    // SAFETY: the call fills exactly the one `stat` it is given.
    return unsafe stat(path, &status) == 0 ? State(status) : nil
  }

  private static func lines(of data: Data) -> [String] {
    data.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }

  private static let failureMark = "\\!"

  static func line(_ entry: Entry) -> String {
    (entry.hasFailed ? failureMark : "") + entry.text.escaped { $0 == "\\" ? "\\\\" : $0 == "\n" ? "\\n" : nil }
  }

  private static func entry(in line: String) -> Entry {
    let hasFailed = line.hasPrefix(failureMark)
    return Entry(text: text(in: hasFailed ? String(line.dropFirst(failureMark.count)) : line), hasFailed: hasFailed)
  }

  private static func text(in line: String) -> String {
    var (text, isEscaped) = (String.UnicodeScalarView(), false)
    for scalar in line.unicodeScalars {
      if !isEscaped, scalar == "\\" {
        isEscaped = true
      } else {
        text.append(isEscaped && scalar == "n" ? "\n" : scalar)
        isEscaped = false
      }
    }
    return String(text)
  }
}
