import Foundation
import SourceText
import WholeFiles

extension Files {
  /// The bytes of a script: an ordinary file, or what comes out of a pipe or a device up to its end. Waiting for it ends with the run.
  ///
  /// Throws for a directory, a missing or an unreadable file, and for more than `Shell.longestScript`, of which no more is read.
  func script(_ written: String, at span: Range<Int>?) throws(Diagnostic) -> [UInt8] {
    let file = try existing(written, at: span)
    func unreadable() -> Diagnostic {
      Diagnostic(.fileUnreadable, "'\(written)' cannot be read: \(FileFault(errno).reason)", at: span)
    }
    // Without waiting for somebody to write to a pipe.
    // SAFETY: the path is passed as a NUL-terminated copy that lives during the call.
    let descriptor = unsafe open(file.path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else { throw unreadable() }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      if run.isStopping { throw .interrupted }
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard unsafe poll(&waiting, 1, 20) > 0 else { continue }
      // SAFETY: the buffer's own address and count.
      let count = unsafe piece.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, [EINTR, EAGAIN].contains(errno) { continue }
      guard count >= 0 else { throw unreadable() }
      guard count > 0 else { return bytes }
      bytes += piece[..<count]
      guard bytes.count <= Shell.longestScript else { throw .scriptTooLarge(written, at: span) }
    }
  }
}

extension Shell {
  /// Bytes of a script at most; it is read whole before it runs.
  package static let longestScript = 16 << 20
}

extension Diagnostic {
  package static func scriptTooLarge(_ name: String, at span: Range<Int>? = nil) -> Diagnostic {
    Diagnostic(
      .scriptTooLarge, "'\(name)' is larger than \(Shell.longestScript >> 20) MiB, which no script is", at: span)
  }
}

extension DiagnosticCode {
  package static let scriptTooLarge = DiagnosticCode(
    "script.too-large", "A script has 16 MiB at most; it is read whole before it runs.")
}
