import Foundation
import Outside
import SourceText
import Terminal

// A shell with nothing behind it, for the tests of the line editor: it says what it was given.
// What ends in `fails` has failed. `wait` runs until it is interrupted; a text that ends in `->` or `,` is incomplete; Tab knows a few words. With `HARNESS_GUIDE` it paints:
// the words it knows are keywords, digits numbers; and it suggests. The text taken last is left in
// the file that `HARNESS_LOG` names.

let environment = ProcessInfo.processInfo.environment
let interrupts = Interrupts(.interactive)
let words = ["funnel", "flow", "forget", "Überblick", "概要", "概念"]

func word(before offset: Int, in text: String) -> String {
  let typed = String(decoding: Array(text.utf8.prefix(offset)), as: UTF8.self)
  return typed.split(whereSeparator: { $0 == " " || $0 == "\n" }).last.map(String.init) ?? ""
}

/// Every word of the text that is known.
func styles(of text: String) -> [StyledRange] {
  var (styles, start): ([StyledRange], Int) = ([], 0)
  for part in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == " " || $0 == "\n" }) {
    let range = start..<start + part.utf8.count
    if words.contains(String(part)) { styles.append(StyledRange(range, .keyword)) }
    if part.allSatisfy(\.isNumber), !part.isEmpty { styles.append(StyledRange(range, .number)) }
    start = range.upperBound + 1
  }
  return styles
}

let guided = environment["HARNESS_GUIDE"] != nil
let questions = LineEditor.Questions(
  isIncomplete: { $0.hasSuffix("->") || $0.hasSuffix(",") },
  complete: { text, offset in
    let typed = String(decoding: Array(text.utf8.prefix(offset)), as: UTF8.self)
    let word = typed.split(separator: " ", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    let found = words.filter { $0.hasPrefix(word) }
    return CompletionResult(replacing: offset - word.utf8.count..<offset, with: found.map { .init($0) })
  },
  hint: { _, _ in guided ? "a word" : "" },
  styles: { text, _ in guided ? styles(of: text) : [] },
  suggest: { text in
    let begun = word(before: text.utf8.count, in: text)
    guard guided, !begun.isEmpty, let found = words.first(where: { $0.hasPrefix(begun) }) else { return "" }
    return String(found.dropFirst(begun.count))
  })

guard
  let editor = LineEditor(
    history: History(try environment["HARNESS_HISTORY"].map { (path) throws(Diagnostic) in try Door.open.file(path) }),
    interrupts: interrupts, door: .open, questions: questions)
else { exit(70) }
if guided { editor.look = LineEditor.Look(theme: .dark, colours: .sixteen) }

func say(_ text: String) {
  print(text)
  fflush(nil)
}

func runUntilCancelled() {
  let stop = DispatchSemaphore(value: 0)
  interrupts.whileRunning(cancel: { stop.signal() }) {
    say("running")
    stop.wait()
  }
  Console(environment: environment).clearEcho()
  say("stopped")
}

var isOver = false
while !isOver {
  switch editor.readStatement() {
  case .line("wait"): runUntilCancelled()
  case .line(let text):
    if let path = environment["HARNESS_LOG"] {
      _ = FileManager.default.createFile(atPath: path, contents: Data(text.utf8))
    }
    say("got \(text.debugDescription)")
    if text.hasSuffix("fails") { editor.noteFailure() }
  case .interrupted: say("interrupted")
  case .endOfFile: isOver = true
  }
}
say("bye \(interrupts.endingSignal ?? 0)")
