import Foundation
import JourneyTime
import Language
import Rendering
import SourceText
import Synchronization

/// What stands between people and a session: it cuts input into statements, shows replies, keeps the exit status.
///
/// The same shell serves the prompt, scripts, pipes and the tests; only where text goes differs.
package final class Shell {
  package struct Settings: Sendable {
    package var format: Format = .table
    package var timer = false
    /// Columns for tables; nil asks the screen.
    package var width: Int?
    package var style: RenderingContext.Style = .plain
  }

  package let session: Session
  package var settings = Settings()
  /// Set by `.exit`; the caller's loop ends.
  package var isLeaving = false
  private let screenWidth: () -> Int
  private let writeOut: (String) -> Void
  private let writeError: (String) -> Void
  private var file: FileHandle?
  private var readingDepth = 0

  /// `out` and `error` take texts as they are to be written; `screenWidth` is asked before every reply.
  package init(
    session: Session, screenWidth: @escaping () -> Int = { 80 }, out: @escaping (String) -> Void,
    error: @escaping (String) -> Void
  ) {
    self.session = session
    self.screenWidth = screenWidth
    writeOut = out
    writeError = error
  }

  /// Carries out one statement or dot-command and prints the reply, or the error. 0 if it went well, else the exit status for
  /// scripts: 1 failed, 3 an `assert` did not hold, 130 interrupted.
  @discardableResult
  package func perform(_ text: String, from origin: Origin? = nil) -> Int32 {
    let began = ContinuousClock.now
    do {
      print(try reply(to: text))
      if settings.timer { writeOut(Self.timing(began.duration(to: .now))) }
      return 0
    } catch {
      report(error, in: text, from: origin)
      return error.exitStatus
    }
  }

  /// Where a statement stands in a file, for errors: `script.way:12:3`.
  package struct Origin {
    package let file: String
    /// The whole text, and the UTF-8 offset at which the statement starts in it.
    package let text: String
    package let offset: Int
  }

  /// Runs every statement of a text, stopping at the first that fails; returns its exit status.
  package func run(script bytes: [UInt8], named name: String) -> Int32 {
    let source: String
    do {
      source = try StatementReader.text(of: bytes)
    } catch {
      writeError(error.rendered(in: "", width: 100) + "\n")
      return 1
    }
    var reader = StatementReader(source)
    while !isLeaving {
      do {
        guard let statement = try reader.next() else { return 0 }
        let origin = Origin(file: name, text: source, offset: statement.offset)
        let status = perform(statement.text, from: origin)
        if status != 0 { return status }
      } catch {
        report(error, in: source, from: Origin(file: name, text: source, offset: 0))
        return 1
      }
    }
    return 0
  }

  private func reply(to text: String) throws(Diagnostic) -> Reply {
    guard text.hasPrefix(".") else { return try session.execute(text) }
    let (command, operand) = try DotCommand.find(text)
    return .text(try command.perform(self, operand))
  }

  private func print(_ reply: Reply) {
    var context = RenderingContext(width: settings.width ?? screenWidth(), zone: session.zone)
    context.style = file == nil ? settings.style : .plain
    let text = ReplyWriter(format: settings.format, context: context).text(of: reply)
    if let file {
      // A full disk shows itself when the file is closed or read; a reply is never worth a crash.
      try? file.write(contentsOf: Data(text.utf8))
    } else {
      writeOut(text)
    }
  }

  private func report(_ error: Diagnostic, in text: String, from origin: Origin?) {
    var error = error
    if let origin, error.place == nil {
      let position = origin.text.position(ofUTF8: origin.offset + (error.span?.lowerBound ?? 0))
      error.place = "\(origin.file):\(position.line):\(position.column)"
    }
    writeError(error.rendered(in: text, width: settings.width ?? screenWidth()) + "\n")
  }

  private static func timing(_ elapsed: Swift.Duration) -> String {
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    return seconds < 1 ? "\(Int((seconds * 1_000).rounded())) ms\n" : String(format: "%.2f s\n", seconds)
  }
}

extension Shell {
  /// Sends replies to a file from now on, or back to the screen.
  func redirect(to path: String?) throws(Diagnostic) {
    try? file?.close()
    file = nil
    guard let path else { return }
    guard FileManager.default.createFile(atPath: path, contents: nil), let handle = FileHandle(forWritingAtPath: path)
    else { throw Diagnostic("file.unwritable", "cannot write to '\(path)'") }
    file = handle
  }

  /// Runs the statements of a file inside this shell.
  func read(file path: String) throws(Diagnostic) {
    guard readingDepth < 16 else { throw Diagnostic("run.circular", "'\(path)' reads itself") }
    let bytes = try FileText.bytes(of: path)
    readingDepth += 1
    defer { readingDepth -= 1 }
    guard run(script: bytes, named: path) == 0 else {
      throw Diagnostic("run.failed", "'\(path)' stopped at the error above")
    }
  }
}

extension Diagnostic {
  /// What a script that stops here exits with.
  package var exitStatus: Int32 {
    switch code {
    case "assert.failed": 3
    case "run.interrupted": 130
    default: 1
    }
  }
}
