import Foundation
import SourceText

/// A regular file, open for reading until the last reference goes. Reading at a place does not move anything, so that
/// several threads can read at once.
final class OpenFile: Sendable {
  let name: String
  let size: Int
  /// Hashes of the blocks that have been read.
  let blocks: BlockHashes
  let descriptor: Int32

  init(path: String) throws(Diagnostic) {
    name = (path as NSString).lastPathComponent
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw errno == ENOENT
        ? Diagnostic(.fileMissing, "there is no file '\(path)'")
        : Diagnostic(.fileUnreadable, "'\(path)' cannot be read: \(systemReason(errno))")
    }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      close(descriptor)
      throw Diagnostic(.fileUnreadable, "'\(path)' cannot be read")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw status.st_mode & S_IFMT == S_IFDIR
        ? Diagnostic(.fileDirectory, "'\(path)' is a directory")
        : Diagnostic(.fileUnreadable, "'\(path)' is no regular file")
    }
    size = Int(status.st_size)
    blocks = BlockHashes(count: (size + Self.blockSize - 1) / Self.blockSize)
  }

  deinit { close(descriptor) }

  /// Reads up to `room` bytes at `position` of the file into `buffer` at `offset`; 0 only at the file's end.
  func read(into buffer: inout [UInt8], at offset: Int, room: Int, position: Int) throws(Diagnostic) -> Int {
    let room = min(room, buffer.count - offset)
    guard room > 0 else { return 0 }
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        // SAFETY: offset + room is at most the buffer's count, by the line above.
        unsafe pread(descriptor, bytes.baseAddress.map { unsafe $0 + offset }, room, position)
      }
      if count >= 0 { return count }
      if errno != EINTR {
        throw Diagnostic(
          .fileUnreadable, "'\(name)' cannot be read: \(systemReason(errno))")
      }
    }
  }
}

/// What the system calls this error: `permission denied`.
func systemReason(_ code: Int32) -> String {
  // SAFETY: strerror gives a terminated string that is copied at once.
  unsafe String(cString: strerror(code)).lowercased()
}

extension DiagnosticCode {
  package static let fileMissing = DiagnosticCode(
    "file.missing", "No file is there; the hint is one beside it with a similar name.")
  package static let fileDirectory = DiagnosticCode(
    "file.directory", "A directory stands where a file is due.")
  package static let fileUnreadable = DiagnosticCode(
    "file.unreadable", "The file cannot be read: its permissions, or the disk.")
}
