import Foundation
import Outside
import SourceText

/// The last words of earlier statements, newest first, as Alt-. offers them.
struct LastArgument {
  /// How many characters of the text are the argument inserted last.
  var inserted = 0
  /// Index in history of the entry that it came from.
  var entry: Int
}

/// Text that comes from elsewhere: from earlier statements, from another editor.
extension LineEditor {
  /// Inserts the last word of the newest statement; asked again, that of an older one in its place.
  func insertLastArgument() -> LibEdit.Action {
    var state = reading.lastArgument ?? LastArgument(entry: history.entries.count)
    var words: [Substring] = []
    repeat {
      state.entry -= 1
      guard state.entry >= 0 else { return .beep }
      words = history.entries[state.entry].split(whereSeparator: \.isWhitespace)
    } while words.isEmpty
    guard let word = words.last else { return .beep }
    library.deleteBeforeCursor(state.inserted)
    let characters = word.unicodeScalars.map(\.value)
    state.inserted = characters.count
    reading.lastArgument = state
    return library.insert(characters) ? .refresh : .beep
  }

  /// Hands the text to `$VISUAL` or `$EDITOR` and takes back what it was made to; behind a shut door only a beep.
  func editElsewhere() -> LibEdit.Action {
    guard let other = try? ExternalEditor(door, ProcessInfo.processInfo.environment) else { return .beep }
    let statement = edited.statement
    leaveText()
    library.flush()
    library.takeTerminal(false)
    let changed = other.edit(statement)
    library.takeTerminal(true)
    if let changed {
      let characters = EditedText.indented(changed.asPasted, by: indent)
      replaceText(with: characters, cursor: characters.count)
    }
    library.draw()
    return changed == nil ? .beep : .nothing
  }
}

/// Another editor for a statement that outgrew the prompt.
package struct ExternalEditor {
  private let program: OutsideProgram

  /// By `VISUAL`, `EDITOR`, else `vi`. A shut door throws.
  package init(_ door: Door, _ environment: [String: String]) throws(Diagnostic) {
    let named = ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0]?.split(separator: " ").map(String.init) }
    let words = named.first { !$0.isEmpty } ?? ["vi"]
    program = try door.program(words[0], Array(words.dropFirst()))
  }

  /// What the text was made to; nil where the editor cannot be run or failed.
  package func edit(_ text: String) -> String? {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-\(UUID().uuidString).way")
    defer { try? FileManager.default.removeItem(at: file) }
    guard
      FileManager.default.createFile(
        atPath: file.path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    else { return nil }
    guard ForegroundProgram.run(program.given([file.path])) == 0, let data = try? Data(contentsOf: file) else {
      return nil
    }
    return String(decoding: data, as: UTF8.self)
  }
}
