import Glibc
import SourceText

/// Tab, and the menu that it opens.
extension LineEditor {
  /// Inserts what can only be meant; else shows what there is to choose from, and chooses with each further Tab.
  func complete(forward: Bool) -> LibEdit.Action {
    guard look.completes, !reading.isAnswer else { return .beep }
    narrowMenu()
    if reading.menu?.candidates.isEmpty == false { return chooseNext(forward) }
    let text = edited
    let (whole, end) = (text.text, text.cursorInUTF8)
    let result = questions.complete(whole, end)
    if let insertion = result.insertion(for: typed(from: result.range.lowerBound, in: text)) {
      return replace(from: result.range.lowerBound, with: insertion)
    }
    let hint = questions.hint(whole, end).withVisibleControls()
    guard result.candidates.count > 1 || !hint.isEmpty else { return .beep }
    if speaksANSI {
      reading.menu = CompletionMenu(result, hint: hint)
      reading.menuText = whole
      return .nothing
    }
    list(result.candidates, hint)
    return .nothing
  }

  private func chooseNext(_ forward: Bool) -> LibEdit.Action {
    guard let start = reading.menu?.start, let candidate = reading.menu?.step(forward: forward) else { return .beep }
    let action = replace(from: start, with: candidate.text)
    reading.menuText = edited.text
    return action
  }

  /// Moves in the menu by an arrow key; nil where there is none to move in.
  func moveInMenu(rows: Int = 0, columns: Int = 0) -> LibEdit.Action? {
    narrowMenu()
    guard let menu = reading.menu, !menu.candidates.isEmpty else { return nil }
    guard let candidate = reading.menu?.move(rows: rows, columns: columns, onScreenOf: screen.columns) else {
      return .beep
    }
    let action = replace(from: menu.start, with: candidate.text)
    reading.menuText = edited.text
    return action
  }

  /// Takes the candidate chosen as it stands.
  func closeMenu() -> LibEdit.Action {
    let chosen = reading.menu?.chosen.flatMap { index in reading.menu?.candidates[index] }
    reading.menu = nil
    guard chosen?.endsWord == true else { return .nothing }
    return library.insert([UInt32(UInt8(ascii: " "))]) ? .refresh : .beep
  }

  /// Keeps the menu to what goes on with the text as it is now; takes it away where nothing does.
  func narrowMenu() {
    guard let menu = reading.menu else { return }
    let text = edited
    let whole = text.text
    defer { reading.menuText = whole }
    guard whole != reading.menuText else { return }
    let result = questions.complete(whole, text.cursorInUTF8)
    guard !menu.candidates.isEmpty, result.range.lowerBound == menu.start, result.candidates.count > 1 else {
      reading.menu = nil
      return
    }
    reading.menu = CompletionMenu(result, hint: menu.hint)
  }

  /// The text from a UTF-8 offset up to the cursor.
  private func typed(from start: Int, in text: EditedText) -> String {
    String(decoding: Array(text.text.utf8.prefix(text.cursorInUTF8).dropFirst(start)), as: UTF8.self)
  }

  private func replace(from start: Int, with insertion: String) -> LibEdit.Action {
    library.deleteBeforeCursor(typed(from: start, in: edited).unicodeScalars.count)
    return library.insert(insertion.unicodeScalars.map(\.value)) ? .refresh : .beep
  }

  /// Where nothing can stand below the text: the candidates, and the prompt with the text again below them.
  private func list(_ candidates: [CompletionResult.Candidate], _ hint: String) {
    let facts = screen
    var lines =
      candidates.isEmpty ? [] : CandidateList(candidates, columns: facts.columns - 1).lines(limit: facts.rows / 2)
    if !hint.isEmpty { lines.append(hint.cut(toColumns: facts.columns - 1)) }
    leaveText()
    library.write(lines.map { $0 + "\n" }.joined())
    library.draw()
  }
}
