import Foundation
import Outside
import SourceText

/// Another program that shows what is longer than the screen.
package struct Pager: Sendable {
  private let program: OutsideProgram

  /// `less` without arguments is asked to keep colours, to leave its last screen, and to let short texts be.
  package init(_ program: OutsideProgram) {
    self.program = program.name == "less" && program.arguments.isEmpty ? program.given(["-RFX"]) : program
  }

  /// By `PAGER`, else `less`. A shut door throws.
  package init(_ door: Door, _ environment: [String: String]) throws(Diagnostic) {
    let words = (environment["PAGER"] ?? "").split(separator: " ").map(String.init)
    self.init(try door.program(words.first ?? "less", Array(words.dropFirst())))
  }

  /// Whether a text fills more than `rows` rows of `columns` columns.
  package static func isNeeded(for text: PaintedText, columns: Int, rows: Int) -> Bool {
    // A text has at least as many bytes as columns, so a short one is not measured.
    var count = 0
    for line in text.shownWords.split(separator: "\n", omittingEmptySubsequences: false) {
      count += 1
      if line.utf8.count > columns { count += max(0, (line.displayWidth - 1) / max(columns, 1)) }
      if count > rows { return true }
    }
    return false
  }

  /// Shows the text until the person leaves it; false where the program cannot be run, and nothing was shown.
  package func show(_ text: PaintedText) -> Bool {
    // From a file and not through a pipe: who leaves early breaks none.
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-\(UUID().uuidString).txt")
    defer { try? FileManager.default.removeItem(at: file) }
    guard
      FileManager.default.createFile(
        atPath: file.path, contents: Data(text.forTerminal.utf8), attributes: [.posixPermissions: 0o600]),
      let input = FileHandle(forReadingAtPath: file.path)
    else { return false }
    defer { try? input.close() }
    return ForegroundProgram.run(program, input: input.fileDescriptor).map { ![126, 127].contains($0) } ?? false
  }
}
