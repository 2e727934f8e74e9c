import Foundation
import SourceText
import WholeFiles

/// A file that is written to as it is, piece by piece: an ordinary one from its start, a device, a pipe, a stream of our own.
///
/// A pipe that nobody reads is waited for, and so is one that nobody takes from; cancelling the run ends both. What goes to a terminal is
/// shown there, and not obeyed. Owned by who writes; closed with the last reference.
final class StreamFile {
  /// As it was typed.
  private let written: String
  private let span: Range<Int>?
  private let run: CurrentRun
  private let descriptor: Int32
  private let isTerminal: Bool
  /// As much at once as is sure not to wait once there is room; of our own streams others may be without it.
  private let longestPiece: Int

  /// Makes the file where it is missing, and empties an ordinary one.
  init(_ place: FilePlace, written: String, at span: Range<Int>?, run: CurrentRun) throws(Diagnostic) {
    (self.written, self.span, self.run) = (written, span, run)
    (descriptor, longestPiece) = try Diagnostic.locating(at: span) { () throws(Diagnostic) in
      try Self.opened(place, written: written, run)
    }
    isTerminal = isatty(descriptor) == 1
  }

  deinit { close(descriptor) }

  private static func opened(
    _ place: FilePlace, written: String, _ run: CurrentRun
  ) throws(Diagnostic) -> (descriptor: Int32, longestPiece: Int) {
    // Our own streams are opened anew by no name: a file behind them would be written from its start, and a socket not at all.
    for own in [STDOUT_FILENO, STDERR_FILENO] where ["/proc/self/fd/\(own)", "/dev/fd/\(own)"].contains(place.path) {
      let copy = fcntl(own, F_DUPFD_CLOEXEC, 3)
      guard copy >= 0 else { throw .unwritable(written, FileFault(errno).reason, at: nil) }
      return (copy, Int(PIPE_BUF))
    }
    let isStream = place.kind == .stream
    let flags = O_WRONLY | O_CLOEXEC | O_NOCTTY | (isStream ? O_NONBLOCK : O_CREAT | O_TRUNC)
    while true {
      // SAFETY: the path is passed as a NUL-terminated copy that lives during the call, and the mode goes with O_CREAT.
      let descriptor = unsafe open(place.path, flags, 0o666)
      if descriptor >= 0 { return (descriptor, .max) }
      // That nobody reads a pipe yet.
      guard errno == EINTR || (errno == ENXIO && isStream) else {
        throw .unwritable(written, FileFault(errno).reason, at: nil)
      }
      try check(run)
      usleep(20_000)
    }
  }

  private static func check(_ run: CurrentRun) throws(Diagnostic) {
    if run.isStopping { throw .interrupted }
  }

  func write(_ bytes: [UInt8]) throws(Diagnostic) {
    guard isTerminal else { return try send(bytes) }
    try send(Array(String(decoding: bytes, as: UTF8.self).withVisibleControls(keepingLines: true).utf8))
  }

  private func send(_ bytes: [UInt8]) throws(Diagnostic) {
    var rest = bytes[...]
    while !rest.isEmpty {
      try Self.check(run)
      var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      guard unsafe poll(&waiting, 1, 50) > 0 else { continue }
      let piece = rest.prefix(longestPiece)
      // SAFETY: the buffer's own address and count.
      let count = unsafe piece.withUnsafeBytes { unsafe Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, [EINTR, EAGAIN].contains(errno) { continue }
      guard count >= 0 else {
        throw .unwritable(written, errno == EPIPE ? "nobody reads it any more" : FileFault(errno).reason, at: span)
      }
      rest = rest.dropFirst(count)
    }
  }
}
