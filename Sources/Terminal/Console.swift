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

  /// All of standard input.
  package func readAll() -> [UInt8] { Array(FileHandle.standardInput.readDataToEndOfFile()) }

  /// Writes an answer to standard output, words alone where that is no terminal. Where nobody reads it any more the process ends as
  /// others do, by SIGPIPE; where it cannot be written, on a full disk say, it says so and ends with status 1.
  package func write(_ text: PaintedText) {
    progress.end()
    let fault = Self.send(text, to: STDOUT_FILENO)
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

  private static func send(_ text: PaintedText, to descriptor: Int32) -> Int32 {
    send(isatty(descriptor) == 1 ? text.forTerminal : text.words, to: descriptor)
  }

  /// 0, or what `errno` has of the failure. A stream that does not wait is waited for.
  private static func send(_ text: String, to descriptor: Int32) -> Int32 {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      // SAFETY: the buffer's own address and count.
      let count = unsafe rest.withUnsafeBytes { unsafe Foundation.write(descriptor, $0.baseAddress, $0.count) }
      guard count < 0 else {
        rest = rest.dropFirst(count)
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&waiting, 1, -1)
      case let fault: return fault
      }
    }
    return 0
  }
}
