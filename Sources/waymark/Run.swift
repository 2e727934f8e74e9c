import Foundation
import JourneyTime
import Language
import SourceText
import Statements
import Terminal

/// One run of the command: the session with what it needs of the world, and what is run in it, in which order.
struct Run {
  private let command: Waymark
  private let console = Console(environment: ProcessInfo.processInfo.environment)
  private let isAtPrompt: Bool
  private let interrupts: Interrupts

  init(of command: Waymark) {
    self.command = command
    isAtPrompt = console.isTyped && (command.interactive || !command.hasTask)
    interrupts = Interrupts(isAtPrompt ? .interactive : .script)
  }

  /// Does all that the command asks; its exit status.
  func status() -> Int32 {
    do {
      let shell = try shell()
      for text in command.statement { try run(.text(Array(text.utf8), name: "-c"), in: shell) }
      for script in command.scripts { try run(.file(script), in: shell) }
      if isAtPrompt, !shell.isLeaving { return converse(shell) }
      if !command.hasTask { try run(.text(console.readAll(), name: "stdin"), in: shell) }
      return 0
    } catch {
      console.tell(error.rendered(in: "", width: console.screen.columns) + "\n")
      return interrupts.wasInterrupted ? 130 : error.exitStatus
    }
  }

  private func shell() throws(Diagnostic) -> Shell {
    let session = try Session(opening: command.workspaces.first, directory: FileManager.default.currentDirectoryPath) {
      Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }
    let shell = Shell(
      session: session, screenWidth: { [console] in console.screen.columns },
      remark: isAtPrompt ? console.write : console.tell, write: console.write)
    let screen = console.screen
    shell.settings.format = command.mode
    shell.settings.isTerminal = screen.isTerminal
    shell.settings.style = screen.wantsColour ? .colour : .plain
    if isAtPrompt, screen.wantsColour { session.progress = { [console] in console.progress.show($0, $1) } }
    return shell
  }

  /// Statements at the prompt until the person leaves.
  private func converse(_ shell: Shell) -> Int32 {
    let completer = Completer(shell.session)
    let guide = PromptGuide(shell.session)
    let questions = LineEditor.Questions(
      isIncomplete: StatementReader.isIncomplete,
      complete: { text, cursor in
        let (range, found) = completer.candidates(in: text, at: cursor)
        return CompletionResult(
          replacing: range, with: found.map { .init($0.text, note: $0.note, endsWord: $0.endsWord) })
      }, hint: guide.hint, styles: guide.styles, suggest: guide.suggestion)
    let history = History(path: History.standardPath(console.environment))
    guard let editor = LineEditor(history: history, interrupts: interrupts, questions: questions) else { return 1 }
    shell.session.confirm = { editor.ask($0 + " (y/n) ")?.lowercased().hasPrefix("y") ?? false }
    if !command.hasTask { console.write(shell.greeting()) }
    while !shell.isLeaving {
      guide.beginStatement()
      editor.look = look(shell)
      let line = editor.readStatement()
      if let signal = interrupts.endingSignal { return 128 + signal }
      let text = line == .endOfFile ? ".exit" : line.text
      do { try run(.typed(text), in: shell) } catch { console.write(shell.text(of: error, in: text)) }
    }
    return 0
  }

  private func look(_ shell: Shell) -> LineEditor.Look {
    LineEditor.Look(
      theme: Theme(rawValue: shell.settings.theme) ?? .dark, colours: ColourDepth(console.environment),
      suggests: shell.settings.completes, completes: shell.settings.completes)
  }

  /// Runs statements; ^C stops them by way of the session's run.
  private func run(_ input: Shell.Input, in shell: Shell) throws(Diagnostic) {
    defer { console.progress.end() }
    let cancel = { @Sendable [current = shell.session.currentRun] in current.cancel() }
    try interrupts.whileRunning(cancel: cancel) { () throws(Diagnostic) in try shell.run(input) }
  }
}
