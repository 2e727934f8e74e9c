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
    progress = ProgressLine(columns: facts.columns) { Self.send($0, to: .standardError) }
  }

  /// Whether someone types on standard input.
  package var isTyped: Bool { TerminalFacts(descriptor: STDIN_FILENO, environment: environment).isTerminal }

  /// The terminal on standard output as it is now.
  package var screen: TerminalFacts { TerminalFacts(descriptor: STDOUT_FILENO, environment: environment) }

  /// All of standard input.
  package func readAll() -> [UInt8] { Array(FileHandle.standardInput.readDataToEndOfFile()) }

  /// Writes an answer to standard output, words alone where that is no terminal. Where that cannot be, on a full disk say, the process says so and ends with status 1.
  package func write(_ text: PaintedText) {
    progress.end()
    guard !Self.send(text, to: .standardOutput) else { return }
    tell(PaintedText("error: standard output cannot be written [file.unwritable]\n"))
    exit(1)
  }

  /// Says something on standard error.
  package func tell(_ text: PaintedText) {
    progress.end()
    Self.send(text, to: .standardError)
  }

  @discardableResult
  private static func send(_ text: PaintedText, to stream: FileHandle) -> Bool {
    send(isatty(stream.fileDescriptor) == 1 ? text.forTerminal : text.words, to: stream)
  }

  @discardableResult
  private static func send(_ text: String, to stream: FileHandle) -> Bool {
    do {
      try stream.write(contentsOf: Data(text.utf8))
      return true
    } catch {
      return false
    }
  }
}
