import Foundation
import SourceText
import WholeFiles

/// A file that is written piece by piece and stands there whole or not at all: until `commit` the one that is there
/// stays as it is. What is no file but a device or a pipe is written to as it is.
///
/// Owned by the statement that writes it; dropped without `commit`, it takes what it wrote with it.
final class ReplacedFile {
  /// As it was typed.
  private let written: String
  private let span: Range<Int>?
  private let destination: Destination
  /// Where the pieces go: beside the target, or the target itself if it is no file.
  let path: String

  private enum Destination {
    case whole(WholeFile)
    case stream(StreamFile)
  }

  init(_ place: FilePlace, written: String, at span: Range<Int>?, run: CurrentRun) throws(Diagnostic) {
    (self.written, self.span) = (written, span)
    guard place.kind != .stream else {
      (destination, path) = (.stream(try StreamFile(place, written: written, at: span, run: run)), place.path)
      return
    }
    do {
      let file = try WholeFile(at: place)
      (destination, path) = (.whole(file), file.path)
    } catch {
      throw .unwritable(written, error.reason, at: span)
    }
  }

  func write(_ piece: [UInt8]) throws(Diagnostic) {
    switch destination {
    case .whole(let file):
      do { try file.write(piece) } catch { throw .unwritable(written, error.reason, at: span) }
    case .stream(let stream): try stream.write(piece)
    }
  }

  /// Puts the file in its place.
  func commit() throws(Diagnostic) {
    guard case .whole(let file) = destination else { return }
    do { try file.commit() } catch { throw .unwritable(written, error.reason, at: span) }
  }
}

extension Files {
  /// A file to be written piece by piece in the place of the one that may be there.
  func replacement(of written: String, at span: Range<Int>?) throws(Diagnostic) -> ReplacedFile {
    try ReplacedFile(target(written, at: span), written: written, at: span, run: run)
  }
}
