import Foundation
import SourceText

/// The process's standard streams, and what is known of the terminals behind them.
package struct Console: Sendable {
  package let environment: [String: String]
  /// How far what runs is: a line on standard error.
  package let progress: ProgressLine
  /// Whether it can be drawn there.
  package let showsProgress: Bool

  package init(environment: [String: String]) {
    self.environment = environment
    let facts = TerminalFacts(descriptor: STDERR_FILENO, environment: environment)
    showsProgress = facts.takesControls
    progress = ProgressLine(columns: facts.columns) { _ = Self.send($0, to: STDERR_FILENO) }
  }

  /// Whether someone types on standard input.
  package var isTyped: Bool { TerminalFacts(descriptor: STDIN_FILENO, environment: environment).isTerminal }

  /// The terminal on standard output as it is now.
  package var screen: TerminalFacts { TerminalFacts(descriptor: STDOUT_FILENO, environment: environment) }

  /// All of standard input; nil if it is more than so many bytes.
  package func readAll(atMost most: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    while let piece = try? FileHandle.standardInput.read(upToCount: 1 << 16), !piece.isEmpty {
      bytes += piece
      if bytes.count > most { return nil }
    }
    return bytes
  }

  /// Asks something before there is a prompt: the line that is typed, nil where none comes.
  package func ask(_ question: String) -> String? {
    tell(PaintedText(question))
    var buffer = [UInt8](repeating: 0, count: 1024)
    // SAFETY: at most `buffer.count` bytes are written to it. A terminal gives a line at a time.
    let count = unsafe read(STDIN_FILENO, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }

  /// Writes an answer to standard output, words alone where that is no terminal. Where nobody reads it any more the process ends as
  /// others do, by SIGPIPE; where it cannot be written, on a full disk say, it says so and ends with status 1. Once it is given up,
  /// nothing more of it is written, also where the reader takes nothing.
  package func write(_ text: PaintedText, unless isGivenUp: () -> Bool = { false }) {
    progress.end()
    let fault = Self.send(text, to: STDOUT_FILENO, unless: isGivenUp)
    guard fault != 0 else { return }
    if fault == EPIPE {
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
    }
    tell(PaintedText("error: standard output cannot be written [file.unwritable]\n"))
    exit(1)
  }

  /// Takes away what the terminal has echoed on the line at hand: the `^C` that stopped what ran.
  package func clearEcho() {
    progress.end()
    guard screen.isTerminal else { return }
    _ = Self.send(screen.takesControls ? "\r\u{1B}[K" : "\n", to: STDOUT_FILENO)
  }

  /// Says something on standard error.
  package func tell(_ text: PaintedText) {
    progress.end()
    _ = Self.send(text, to: STDERR_FILENO)
  }

  private static func send(
    _ text: PaintedText, to descriptor: Int32, unless isGivenUp: () -> Bool = { false }
  ) -> Int32 {
    send(isatty(descriptor) == 1 ? text.forTerminal : text.words, to: descriptor, unless: isGivenUp)
  }

  /// 0, or what `errno` has of the failure. A stream that has no room is waited for.
  private static func send(_ text: String, to descriptor: Int32, unless isGivenUp: () -> Bool = { false }) -> Int32 {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty, !isGivenUp() {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      guard unsafe poll(&waiting, 1, 20) != 0 else { continue }
      // As much as a pipe with room takes at once, so that writing never waits.
      let piece = rest.prefix(Int(PIPE_BUF))
      // SAFETY: the buffer's own address and count.
      let count = unsafe piece.withUnsafeBytes { unsafe Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, [EINTR, EAGAIN].contains(errno) { continue }
      guard count >= 0 else { return errno }
      rest = rest.dropFirst(count)
    }
    return 0
  }
}
