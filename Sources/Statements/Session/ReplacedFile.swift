import Foundation
import SourceText

/// A file that is written piece by piece and stands there whole or not at all: until `commit` the one that is there
/// stays as it is. What is no file but a device or a pipe is written to as it is.
///
/// Owned by the statement that writes it; dropped without `commit`, it takes what it wrote with it.
final class ReplacedFile {
  /// As it was typed.
  private let written: String
  private let span: Range<Int>?
  private let target: URL
  /// Where the pieces go: beside the target, or the target itself if it is no file.
  let url: URL
  private let handle: FileHandle
  private var isTemporary: Bool

  /// - Parameter target: links followed, its folder there.
  init(_ target: URL, isRegular: Bool, written: String, at span: Range<Int>?) throws(Diagnostic) {
    (self.target, self.written, self.span, isTemporary) = (target, written, span, isRegular)
    url =
      isRegular
      ? target.deletingLastPathComponent()
        .appendingPathComponent(".\(target.lastPathComponent.prefix(60)).\(UUID().uuidString.prefix(8))")
      : target
    guard !isRegular || FileManager.default.createFile(atPath: url.path, contents: nil),
      let handle = FileHandle(forWritingAtPath: url.path)
    else {
      throw Diagnostic(
        "file.unwritable", "'\(written)' cannot be written: its folder does not take a file", at: span)
    }
    self.handle = handle
  }

  func write(_ piece: [UInt8]) throws(Diagnostic) {
    do {
      try handle.write(contentsOf: Data(piece))
    } catch {
      throw unwritable(error)
    }
  }

  /// Puts the file in its place.
  func commit() throws(Diagnostic) {
    do {
      try handle.close()
      guard isTemporary else { return }
      // SAFETY: both paths are strings that live through the call.
      guard unsafe rename(url.path, target.path) == 0 else {
        throw NSError(domain: NSPOSIXErrorDomain, code: Int(errno))
      }
      isTemporary = false
    } catch {
      throw unwritable(error)
    }
  }

  private func unwritable(_ error: any Error) -> Diagnostic {
    Diagnostic("file.unwritable", "'\(written)' cannot be written: \(Files.reason(error))", at: span)
  }

  deinit {
    try? handle.close()
    if isTemporary { try? FileManager.default.removeItem(at: url) }
  }
}

extension Files {
  /// A file to be written piece by piece in the place of the one that may be there.
  func replacement(of written: String, at span: Range<Int>?) throws(Diagnostic) -> ReplacedFile {
    let (url, isRegular) = try target(written, at: span)
    return try ReplacedFile(url, isRegular: isRegular, written: written, at: span)
  }
}
