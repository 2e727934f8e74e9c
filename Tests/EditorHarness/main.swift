import Foundation
import Terminal

// A shell with nothing behind it, for the tests of the line editor: it says what it was given.
// `wait` runs until it is interrupted; a text that ends in `->` or `,` is incomplete; Tab knows a few words.

let environment = ProcessInfo.processInfo.environment
let interrupts = Interrupts(.interactive)
let words = ["funnel", "flow", "forget", "Überblick", "概要", "概念"]

let questions = LineEditor.Questions(
  isIncomplete: { $0.hasSuffix("->") || $0.hasSuffix(",") },
  complete: { text, offset in
    let typed = String(decoding: Array(text.utf8.prefix(offset)), as: UTF8.self)
    let word = typed.split(separator: " ", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    let found = words.filter { $0.hasPrefix(word) }
    return CompletionResult(replacing: offset - word.utf8.count..<offset, with: found.map { .init($0) })
  })

guard
  let editor = LineEditor(
    history: History(path: environment["HARNESS_HISTORY"]), interrupts: interrupts, questions: questions)
else { exit(70) }

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
  say("stopped")
}

var isOver = false
while !isOver {
  switch editor.readStatement() {
  case .line("wait"): runUntilCancelled()
  case .line(let text): say("got \(text.debugDescription)")
  case .interrupted: say("interrupted")
  case .endOfFile: isOver = true
  }
}
say("bye \(interrupts.endingSignal ?? 0)")
