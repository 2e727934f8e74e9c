import Foundation
import JourneyTime
import Language
import Outside
import SourceText
import Statements
import Terminal
import Workspace

/// One run of the command: the session with what it needs of the world, and what is run in it, in which order.
struct Run {
  private let command: Waymark
  private let console = Console(environment: ProcessInfo.processInfo.environment)
  /// What statements, commands and keys reach beyond the workspace and the scripts that the command names.
  private let door: Door
  private let isAtPrompt: Bool
  private let interrupts: Interrupts
  private let limits: ProcessLimits

  init(of command: Waymark, within limits: ProcessLimits) {
    (self.command, self.limits) = (command, limits)
    door = command.safe ? .shut : .open
    isAtPrompt = console.isTyped && (command.interactive || !command.hasTask)
    interrupts = Interrupts(isAtPrompt ? .interactive : .script) { [console] in
      console.tell(Diagnostic.interrupted)
    }
  }

  /// Does all that the command asks; its exit status.
  func status() -> Int32 {
    do throws(Diagnostic) {
      let shell = try shell()
      let scripts = try command.scripts.map { (path) throws(Diagnostic) in
        Shell.Input.text(try shell.session.bytes(ofScript: path), name: path)
      }
      for text in command.statement { try run(.text(Array(text.utf8), name: "-c"), in: shell) }
      for script in scripts { try run(script, in: shell) }
      if isAtPrompt, !shell.isLeaving { return converse(shell) }
      if !command.hasTask {
        guard let typed = console.readAll(atMost: Shell.longestScript) else { throw Diagnostic.scriptTooLarge("stdin") }
        try run(.pipe(typed, name: "stdin"), in: shell)
      }
      return 0
    } catch {
      console.tell(error)
      return interrupts.wasInterrupted ? 130 : error.exitStatus
    }
  }

  private func shell() throws(Diagnostic) -> Shell {
    try checkSpelling()
    let interruption = Interruption()
    let file = try command.workspaces.first.map { (path) throws(Diagnostic) in try Door.open.file(path) }
    let session = try interrupts.whileRunning(cancel: interruption.interrupt) { () throws(Diagnostic) in
      try Session(
        opening: file, readOnly: command.readOnly, directory: FileManager.default.currentDirectoryPath, door: door,
        interruption: interruption
      ) {
        Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
      }
    }
    let shell = Shell(session, on: console, within: limits, remarksAside: !isAtPrompt)
    let history = History.standardPath(console.environment).flatMap { try? door.file($0) }
    shell.keepLessons(in: history?.sibling(named: "lessons"))
    let screen = console.screen
    shell.settings.format = command.mode
    shell.settings.isTerminal = screen.isTerminal
    shell.settings.style = screen.wantsColour ? .colour : .plain
    shell.settings.hasManyColours = ColourDepth(console.environment) == .many
    if screen.isTerminal, !screen.showsUnicode { shell.settings.theme = "ascii" }
    if isAtPrompt, console.showsProgress { session.progress = { [console] in console.progress.show($0, $1) } }
    return shell
  }

  /// Asks the person at the prompt whether a workspace shall be made where one of nearly its name is there.
  private func checkSpelling() throws(Diagnostic) {
    guard isAtPrompt, !command.readOnly, let path = command.workspaces.first,
      let near = Session.workspace(near: path, in: FileManager.default.currentDirectoryPath)
    else { return }
    let answer = console.ask("'\(path)' is not there, and \(near) is; make a new one? (y/n) ")
    guard answer?.lowercased().hasPrefix("y") ?? false else {
      throw Diagnostic(.fileMissing, "no file is called '\(path)'", hint: "waymark \(near)")
    }
  }

  /// Statements at the prompt until the person leaves.
  private func converse(_ shell: Shell) -> Int32 {
    let guide = PromptGuide(shell.session)
    let questions = LineEditor.Questions(
      isIncomplete: { [unowned shell] in !shell.isOfWalk($0) && StatementReader.isIncomplete($0) },
      complete: { [unowned shell] text, cursor in
        if shell.isOfWalk(text) { return CompletionResult(replacing: cursor..<cursor, with: []) }
        let (range, found) = guide.completer.candidates(in: text, at: cursor)
        return CompletionResult(
          replacing: range, with: found.map { .init($0.text, note: $0.note, endsWord: $0.endsWord) },
          isCut: found.count >= Completer.mostCandidates)
      }, hint: { [unowned shell] in shell.isOfWalk($0) ? "" : guide.hint(in: $0, at: $1) },
      styles: { [unowned shell] in shell.isOfWalk($0) ? [] : guide.styles(of: $0, cursor: $1) },
      suggest: { [unowned shell] in shell.isOfWalk($0) ? "" : guide.suggestion(for: $0) },
      offer: { [unowned shell] in shell.offeredStatement }, prepare: guide.prepare)
    // Behind a shut door what is typed is recalled while the shell runs, and kept nowhere.
    let history = History(History.standardPath(console.environment).flatMap { try? door.file($0) })
    guard let editor = LineEditor(history: history, interrupts: interrupts, door: door, questions: questions) else {
      return 1
    }
    shell.session.confirm = { editor.ask($0 + " (y/n) ")?.lowercased().hasPrefix("y") ?? false }
    shell.isAtPrompt = true
    shell.page = { [unowned shell] text in page(text, shell.settings.pager) }
    shell.edit = { [door, console] in (try? ExternalEditor(door, console.environment))?.edit($0) }
    runInit(in: shell)
    if !command.hasTask, !command.quiet { console.write(PaintedText(shell.greeting())) }
    while !shell.isLeaving {
      guide.beginStatement()
      editor.look = look(shell)
      editor.turn(to: shell.session.workspace.path, isPrivate: shell.isInLesson)
      let line = editor.readStatement()
      if let signal = interrupts.endingSignal { return 128 + signal }
      if line == .interrupted {
        shell.leaveWalk()
        continue
      }
      let text = line == .endOfFile ? ".exit" : line.text
      do { try run(.typed(text), in: shell) } catch {
        if interrupts.wasInterrupted { console.clearEcho() } else { editor.noteFailure() }
        console.write(PaintedText(shell.text(of: error, in: text)))
      }
    }
    return 0
  }

  /// Shows a reply with the pager if it is longer than the screen; whether it has.
  private func page(_ text: PaintedText, _ choice: Shell.Settings.PagerChoice) -> Bool {
    let screen = console.screen
    guard screen.isTerminal, screen.takesControls, let pager = pager(choice),
      Pager.isNeeded(for: text, columns: screen.columns, rows: screen.rows - 1)
    else { return false }
    console.progress.end()
    return pager.show(text)
  }

  /// Nil where none is wanted, and behind a shut door.
  private func pager(_ choice: Shell.Settings.PagerChoice) -> Pager? {
    switch choice {
    case .off: nil
    case .standard: try? Pager(door, console.environment)
    case .program(let program): Pager(program)
    }
  }

  /// Runs what the person wants at the start of every prompt; an error in it is told, and the prompt comes all the same. Scripts
  /// and pipes do without, so that they do the same everywhere.
  private func runInit(in shell: Shell) {
    guard !command.noInit, door.isOpen, let path = Self.initPath(console.environment) else { return }
    guard FileManager.default.fileExists(atPath: path) else { return }
    do { try run(.file(path), in: shell) } catch { console.write(PaintedText(shell.text(of: error, in: ""))) }
  }

  /// Where the XDG base directory specification wants it; nil without a home.
  private static func initPath(_ environment: [String: String]) -> String? {
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") { return folder + "/waymark/init.way" }
    return environment["HOME"].map { $0 + "/.config/waymark/init.way" }
  }

  private func look(_ shell: Shell) -> LineEditor.Look {
    LineEditor.Look(
      theme: Theme(rawValue: shell.settings.theme) ?? .mono, colours: ColourDepth(console.environment),
      suggests: shell.settings.completes, completes: shell.settings.completes)
  }

  /// Shows how far questions are until it is signalled.
  private func watchProgress(of current: CurrentRun) -> DispatchSemaphore {
    let stop = DispatchSemaphore(value: 0)
    Thread.detachNewThread { [console] in
      while stop.wait(timeout: .now() + .milliseconds(40)) == .timedOut {
        console.progress.show { current.progress.map { ($0.share, $0.words(), $0.began) } }
      }
    }
    return stop
  }

  /// Runs statements; ^C stops them by way of the session's run.
  private func run(_ input: Shell.Input, in shell: Shell) throws(Diagnostic) {
    let watch = isAtPrompt && console.showsProgress ? watchProgress(of: shell.session.currentRun) : nil
    defer {
      watch?.signal()
      console.progress.end()
    }
    let cancel = { @Sendable [current = shell.session.currentRun] in current.cancel() }
    try interrupts.whileRunning(cancel: cancel) { () throws(Diagnostic) in try shell.run(input) }
  }
}
