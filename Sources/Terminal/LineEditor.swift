import Glibc
import Outside
import SourceText

/// The prompt: statements typed, edited and recalled on the process's own terminal. The shell owns one, on its main thread;
/// standard input and output are its own while it reads.
///
/// A statement of several lines is edited as one: Enter on an incomplete text opens another line under it. On a terminal that
/// cannot move its cursor up, lines are read one after another instead, and recalled as one.
package final class LineEditor {
  /// What a reading ended with.
  package enum Line: Equatable, Sendable {
    /// What was typed or pasted up to Enter, perhaps several statements; empty where only Enter was pressed.
    case line(String)
    /// ^C: what was typed is gone.
    case interrupted
    /// ^D on an empty line, the end of input, or a signal that ends the process.
    case endOfFile

    /// What was typed to be run; empty for the other endings.
    package var text: String { if case .line(let text) = self { text } else { "" } }
  }

  /// What the editor asks of the language. Texts may hold several lines; each after the first opens with blanks.
  package struct Questions {
    /// Whether more must be typed before Enter runs the text.
    package var isIncomplete: (String) -> Bool
    /// What may stand at a UTF-8 offset of the text.
    package var complete: (String, Int) -> CompletionResult
    /// What is expected at a UTF-8 offset, in words; may be empty.
    package var hint: (String, Int) -> String
    /// How the text is to be painted, given the cursor's UTF-8 offset.
    package var styles: (String, Int) -> [StyledRange]
    /// What could follow the text, which history has not; empty for nothing.
    package var suggest: (String) -> String
    /// Called once per statement, when the prompt is there and no key waits: what the others need is made ready.
    package var prepare: () -> Void
    /// What Enter on an empty line takes, shown there as a suggestion; empty for nothing.
    package var offer: () -> String

    package init(
      isIncomplete: @escaping (String) -> Bool, complete: @escaping (String, Int) -> CompletionResult,
      hint: @escaping (String, Int) -> String = { _, _ in "" },
      styles: @escaping (String, Int) -> [StyledRange] = { _, _ in [] },
      suggest: @escaping (String) -> String = { _ in "" }, offer: @escaping () -> String = { "" },
      prepare: @escaping () -> Void = {}
    ) {
      self.isIncomplete = isIncomplete
      self.complete = complete
      self.hint = hint
      self.styles = styles
      self.suggest = suggest
      self.offer = offer
      self.prepare = prepare
    }
  }

  /// How the text is shown while it is typed.
  package struct Look: Sendable {
    package var theme: Theme
    package var colours: ColourDepth
    /// Whether suggestions are shown behind the text.
    package var suggests: Bool
    /// Whether Tab completes.
    package var completes: Bool

    package init(
      theme: Theme = .dark, colours: ColourDepth = .none, suggests: Bool = true, completes: Bool = true
    ) {
      self.theme = theme
      self.colours = colours
      self.suggests = suggests
      self.completes = completes
    }
  }

  /// Both are plain text of the same width.
  package struct Prompts: Sendable {
    package var first: String
    /// Before each line of a statement after its first.
    package var next: String

    package init(first: String = PromptText.first, next: String = PromptText.next) {
      self.first = first
      self.next = next
    }
  }

  let questions: Questions
  let interrupts: Interrupts
  /// What keys reach beyond the prompt.
  let door: Door
  let prompts: Prompts
  let library: LibEdit
  /// Whether the terminal takes ANSI's control sequences.
  let speaksANSI: Bool
  var keys: KeyReader
  /// A key that comes before those of the terminal.
  var pendingKey: UInt32?
  var reading = Reading(isAnswer: false)
  package var look = Look()
  /// Stops of our own doing whose end has not been heard of.
  var stops = 0
  private(set) var history: History
  /// Columns that characters joined of several were found to fill.
  var clusterWidths: [String: Int] = [:]
  /// Whether the terminal says where its cursor is, as far as it was asked.
  var answersReports = true
  /// What holds for one reading of a line.
  struct Reading {
    /// Whether a question is being answered, and no statement typed.
    let isAnswer: Bool
    /// What the command that ended the reading made of it.
    var outcome: Line?
    /// The search through history that is under way.
    var search: HistorySearch?
    /// The candidates to choose from, while they are shown.
    var menu: CompletionMenu?
    /// The text that the menu was last made for.
    var menuText = ""
    var typing = TypingHistory()
    /// What stands on the screen beyond libedit's drawing.
    var painted: Painted?
    /// Whether the text was taller than the screen when it was last painted.
    var wasTall = false
    /// What a smaller screen has scrolled off of the text's rows; see `Reflow`.
    var scrolledOff: [UInt32] = []
    /// The arguments offered one after another by Alt-. , and which of them stands in the text.
    var lastArgument: LastArgument?
    /// Whether `Questions.prepare` was called.
    var isPrepared = false

    init(isAnswer: Bool) { self.isAnswer = isAnswer }
  }

  /// The prompt of the line being read, which a search stands in for.
  private(set) var ownPrompt = ""
  private(set) var shownPrompt = ""

  /// nil where no editor can be made.
  package init?(
    prompts: Prompts = Prompts(), history: History, interrupts: Interrupts, door: Door, questions: Questions
  ) {
    guard let library = LibEdit(historyLimit: History.limit) else { return nil }
    self.library = library
    self.prompts = prompts
    self.questions = questions
    self.interrupts = interrupts
    self.door = door
    self.history = history
    keys = KeyReader(terminal: STDIN_FILENO, bell: interrupts.bell)
    speaksANSI = library.capability("ce") == "\u{1B}[K" && library.capability("up") != nil
    library.client = self
    for command in EditorCommand.allCases { command.keys.forEach { library.bind($0, to: command) } }
    for (name, keys) in EditorCommand.builtins { keys.forEach { library.bind($0, toBuiltin: name) } }
    fillLibrary()
  }

  /// Shows the prompt and reads until Enter on a complete text, ^C or ^D; what was typed is then history.
  package func readStatement() -> Line {
    if history.takeWhatOthersWrote() { fillLibrary() }
    _ = interrupts.takeWord()
    stops = 0
    var lines: [String] = []
    while interrupts.endingSignal == nil {
      ownPrompt = lines.isEmpty ? prompts.first : prompts.next
      show(prompt: ownPrompt)
      switch readOnce(isAnswer: false) {
      case .line(let text):
        lines.append(text)
        let statement = lines.joined(separator: "\n")
        if indent == 0, questions.isIncomplete(statement) { continue }
        remember(statement)
        return .line(statement)
      case let ending: return ending
      }
    }
    return .endOfFile
  }

  /// Notes that the statement read last has failed: it is recalled, and suggested no more.
  package func noteFailure() { history.noteFailure() }

  /// Recalls the statements of a workspace before all others, from the next reading on; nil for one in memory.
  ///
  /// - Parameter isPrivate: whether what is typed from now on is kept in no file.
  package func turn(to workspace: String?, isPrivate: Bool) {
    history.isPrivate = isPrivate
    if history.turn(to: workspace) { fillLibrary() }
  }

  /// Asks something that is answered by a line, which is no history; nil for ^C, ^D and a signal to end.
  package func ask(_ question: String) -> String? {
    ownPrompt = question
    show(prompt: question)
    guard case .line(let answer) = readOnce(isAnswer: true) else { return nil }
    return answer
  }

  /// Blanks before each line after the first; see `EditedText`.
  var indent: Int { speaksANSI ? prompts.next.displayWidth : 0 }

  /// The text being edited.
  var edited: EditedText {
    let (characters, cursor) = library.line
    return EditedText(characters: characters, cursor: cursor, indent: indent)
  }

  /// Where the prompt and the text being edited stand on the screen.
  func layout(widths: ScreenLayout.Widths = .libedit, columns: Int? = nil) -> ScreenLayout {
    ScreenLayout(
      promptColumns: shownPrompt.displayWidth, text: edited, columns: columns ?? screen.columns, widths: widths,
      clusters: clusterWidths)
  }

  var screen: TerminalFacts { TerminalFacts(descriptor: STDOUT_FILENO, environment: [:]) }

  /// The prompt from the next refresh on.
  func show(prompt: String) {
    let prompt = prompt.withVisibleControls()
    library.setPrompt(prompt)
    shownPrompt = prompt
  }

  private func readOnce(isAnswer: Bool) -> Line {
    reading = Reading(isAnswer: isAnswer)
    // Before the prompt is shown, or what is typed at once is echoed twice.
    library.takeTerminal(true)
    if speaksANSI { library.write(Self.pasteMarks(true)) }
    defer {
      if speaksANSI { library.write(Self.pasteMarks(false)) }
      library.flush()
    }
    guard let characters = library.readLine() else { return reading.outcome ?? .endOfFile }
    return .line(EditedText(characters: characters.dropLast(), cursor: 0, indent: indent).statement)
  }

  /// Asks the terminal to mark what is pasted, or no longer.
  static func pasteMarks(_ isWanted: Bool) -> String { "\u{1B}[?2004\(isWanted ? "h" : "l")" }

  private func remember(_ statement: String) {
    let before = history.entries
    history.add(statement)
    if history.entries.count == before.count + 1 {
      addToLibrary(statement)
    } else if history.entries.last != before.last {
      fillLibrary()
    }
  }

  private func fillLibrary() {
    library.clearHistory()
    history.entries.forEach(addToLibrary)
  }

  private func addToLibrary(_ entry: String) {
    library.addToHistory(EditedText.indented(entry, by: indent))
  }
}
