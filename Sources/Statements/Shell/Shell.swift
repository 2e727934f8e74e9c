import Foundation
import Interchange
import JourneyQuery
import JourneyTime
import Language
import Outside
import Rendering
import SourceText

/// What stands between people and a session: it cuts input into statements, shows replies, knows the dot-commands.
///
/// The same shell serves the prompt, scripts, pipes and the tests; only where text goes differs. Owned by whoever reads the input;
/// belongs to one thread.
package final class Shell {
  package struct Settings: Sendable {
    package var format: Format = .table
    package var timer = false
    /// Columns for tables; nil asks the screen.
    package var width: Int?
    package var style: RenderingContext.Style = .plain
    /// Rows of a table on the screen; nil for all.
    package var rowLimit: Int? = 40
    /// Colours of the prompt and of answers, one of `themes`; `ascii` is `mono` that draws with letters and signs.
    package var theme = "dark"
    package static let themes = ["dark", "light", "mono", "ascii"]
    /// Whether the screen has 256 colours.
    package var hasManyColours = false
    /// Whether Tab completes and suggestions are shown.
    package var completes = true
    /// What shows answers longer than the screen.
    package var pager = PagerChoice.standard

    package enum PagerChoice: Hashable, Sendable {
      case off
      /// By `PAGER`, else a usual one.
      case standard
      case program(OutsideProgram)
    }
    /// Whether replies go straight to a terminal.
    package var isTerminal = false

    package init() {}

    /// The style as far as the theme lets it.
    fileprivate var shownStyle: RenderingContext.Style {
      switch (theme, style) {
      case ("ascii", _): .ascii
      case ("mono", .colour): .plain
      default: style
      }
    }
  }

  package let session: Session
  package var settings = Settings()
  /// Set by `.exit`; the caller's loop ends.
  package internal(set) var isLeaving = false
  /// Offered each reply for the screen; whether it has shown it. Nil off a terminal.
  package var page: ((PaintedText) -> Bool)?
  /// Lets the person change a text in another editor; nil where that is not possible, and where they did not go through with it.
  package var edit: ((String) -> String?)?
  /// Whether a person is at the other end of what is typed.
  package var isAtPrompt = false
  /// The tour that is under way.
  var tour: Tour?
  /// The lesson that is under way.
  var lesson: LessonPlay?
  /// How far the person came in lessons.
  var records: LessonRecords
  /// Whether what cannot be kept of lessons was told.
  var hasToldOfRecords = false
  /// Whether a lesson's own statements run.
  var isPreparing = false
  /// Whether the statement that runs was for the lesson, which has told all.
  var lessonSpoke = false
  /// The walk that is under way.
  var walking: Walking?
  /// What of a paste was not run; told with its error.
  private var left = Left.last(0)
  /// The last statement that was typed.
  private var lastTyped = ""
  /// Takes each reply in place of the screen, and how it is written; nil where it is shown.
  var takeReply: ((Reply, ReplyWriter) throws(ExecutionError) -> Void)?
  private let outlets: Outlets
  private var output: StreamFile?
  private var depth = 0
  /// How many statements are being carried out, each by the one before.
  private var statementDepth = 0
  /// Whether what is typed is answered on the screen, for a person to go on from there.
  var isConversing: Bool { isAtPrompt && depth == 0 && output == nil && settings.format == .table }

  /// Where what a shell says goes.
  package struct Outlets {
    /// Columns of the screen; asked before every reply.
    var screenWidth: () -> Int
    /// Takes replies as they are to be shown.
    var write: (PaintedText) -> Void
    /// Takes what would spoil data for programs.
    var remark: (PaintedText) -> Void

    package init(
      screenWidth: @escaping () -> Int, write: @escaping (PaintedText) -> Void, remark: @escaping (PaintedText) -> Void
    ) {
      self.screenWidth = screenWidth
      self.write = write
      self.remark = remark
    }
  }

  /// A shell of which only the words are taken; without `remark` all of them by `write`.
  package convenience init(
    session: Session, screenWidth: @escaping () -> Int = { 80 }, remark: ((String) -> Void)? = nil,
    write: @escaping (String) -> Void
  ) {
    let tell = remark ?? write
    self.init(
      session: session,
      outlets: Outlets(screenWidth: screenWidth, write: { write($0.words) }, remark: { tell($0.words) }))
  }

  package init(session: Session, outlets: Outlets) {
    self.session = session
    self.outlets = outlets
    records = LessonRecords(in: nil, session.currentRun)
    session.takeLesson = { [unowned self] (request) throws(Diagnostic) in try take(request) }
    session.takeWalk = { [unowned self] (persona) throws(Diagnostic) in try begin(walkAs: persona) }
    session.runScript = { [unowned self] (bytes, name) throws(Diagnostic) in try run(script: bytes, named: name) }
  }

  /// Carries out one statement or dot-command and shows the reply; once the session's run is stopped, none.
  package func perform(_ text: String) throws(Diagnostic) {
    try checkGoing()
    // Behind the reply, or before the error.
    defer {
      for notice in session.takeNotices() { outlets.remark(PaintedText(notice.rendered(in: "", width: width) + "\n")) }
    }
    let began = ContinuousClock.now
    statementDepth += 1
    defer { statementDepth -= 1 }
    if statementDepth == 1 { lessonSpoke = false }
    do {
      let reply = try reply(to: text)
      note(text, isAsked: reply.isAsked)
      try show(reply)
      if statementDepth == 1, !lessonSpoke, !text.hasPrefix(".") { try followLesson(asked: reply.isAsked) }
    } catch {
      let error = session.currentRun.explained(error)
      note(text, isAsked: false, failure: error.code.name)
      throw error
    }
    if settings.timer { outlets.remark(PaintedText(Self.timing(began.duration(to: .now)))) }
  }

  /// Keeps what was typed, for whoever makes a notebook of it: not what was run by another statement, nor what is about the shell.
  private func note(_ text: String, isAsked: Bool, failure: String? = nil) {
    guard statementDepth == 1, takeReply == nil, !session.isVisiting, SessionLog.holds(text) else { return }
    session.log.add(SessionLog.Entry(text: text, isAsked: isAsked, failure: failure))
  }

  /// Throws once the session's run is stopped.
  private func checkGoing() throws(Diagnostic) {
    guard session.currentRun.isStopping else { return }
    throw session.currentRun.explained(Diagnostic.interrupted)
  }

  /// Where statements come from.
  package enum Input: Sendable {
    /// A text under a name for errors.
    case text([UInt8], name: String)
    /// What comes out of a pipe: each statement runs whatever stands behind it.
    case pipe([UInt8], name: String)
    case file(String)
    /// What was typed or pasted at a prompt: errors need no place.
    case typed(String)
  }

  /// Runs every statement of the input and stops at the first that fails.
  package func run(_ input: Input) throws(Diagnostic) {
    session.currentRun.reset()
    switch input {
    case .text(let bytes, let name): try run(script: bytes, named: name)
    case .pipe(let bytes, let name): try run(StatementReader.pieces(of: bytes), of: name)
    case .file(let path): try read(file: path)
    case .typed(let text): try perform(typed: text)
    }
    // Writing the last reply may have been given up.
    try checkGoing()
  }

  /// Hands the last statement to another editor, and runs what comes back.
  func editLast() throws(Diagnostic) {
    try session.files.door.check()
    guard let edit else {
      throw Diagnostic(.dotOperand, ".edit needs a prompt on a terminal", hint: ".read \"FILE\"")
    }
    guard let text = edit(lastTyped) else {
      throw Diagnostic(
        .editFailed, "the editor changed nothing: it could not be run, or it failed", hint: "set EDITOR")
    }
    let statement = text.trimmingBlanks
    guard !statement.isEmpty else { return }
    outlets.write(PaintedText(statement + "\n"))
    try perform(typed: statement)
  }

  private func perform(typed text: String) throws(Diagnostic) {
    if try walk(typed: text) { return }
    if text.isEmpty { return try takeStep() }
    let text = text.withoutPrompts
    if !text.hasPrefix(".edit") { lastTyped = text }
    let pieces = StatementReader.pieces(of: text)
    do {
      if pieces.count > 1 { try checkWords(of: pieces) { $0.source = $0.source ?? $1.text } }
    } catch {
      left = .all
      throw error
    }
    for (index, piece) in pieces.enumerated() where !isLeaving {
      do {
        try perform(piece.text)
      } catch {
        left = .last(pieces.count - index - 1)
        var error = error
        error.source = error.source ?? piece.text
        throw error
      }
    }
    followTour(typed: text)
  }

  /// Throws for the first of the statements whose words are none, as `noting` changes the error: nothing of a text runs that is
  /// wrong anywhere. Names that are not there may come of the statements before.
  private func checkWords(
    of pieces: [StatementReader.Piece], noting: (inout Diagnostic, StatementReader.Piece) -> Void
  ) throws(Diagnostic) {
    for piece in pieces {
      do {
        try checkGoing()
        if piece.isDotCommand {
          _ = try DotCommand.find(piece.text)
        } else if !Habits.isFarewell(piece.text), DotCommand.asked(of: piece.text) == nil {
          let parsed = try session.parsed(piece.text)
          if Forms.statement(named: parsed.form) != nil { try Forms.grammar.check(parsed) }
        }
      } catch {
        var error = error
        noting(&error, piece)
        throw error
      }
    }
  }

  /// Runs every statement of a text and stops at the first that fails; its error says where in the text it stands. Where the words of
  /// one are none, none is run.
  package func run(script bytes: [UInt8], named name: String) throws(Diagnostic) {
    guard depth < 16 else { throw Diagnostic(.runCircular, "'\(name)' runs itself") }
    try nested { () throws(Diagnostic) in
      if Notebook.isNamed(name) { return try run(notebook: bytes, named: name) }
      let pieces = StatementReader.pieces(of: bytes)
      try checkWords(of: pieces) { $0 = $0.located(in: $1, of: name) }
      try run(pieces, of: name)
    }
  }

  /// Does what nobody types: there is no conversation.
  func nested(_ work: () throws(Diagnostic) -> Void) throws(Diagnostic) {
    depth += 1
    defer { depth -= 1 }
    try work()
  }

  /// Runs the statements of a file, or of a part of it, and stops at the first that fails.
  func run(_ pieces: [StatementReader.Piece], of name: String) throws(Diagnostic) {
    for piece in pieces where !isLeaving {
      do {
        try perform(piece.text)
      } catch {
        throw error.located(in: piece, of: name)
      }
    }
  }

  /// How an error is written, for the line that was typed or for standard error.
  package func text(of error: Diagnostic, in statement: String) -> String {
    let unrun = left.words
    left = .last(0)
    return error.rendered(in: statement, width: width, breaksLines: true) + "\n" + unrun
  }

  /// Which statements of a paste were not run.
  private enum Left {
    case all
    case last(Int)

    /// A line, or nothing.
    var words: String {
      switch self {
      case .all: "nothing was run\n"
      case .last(0): ""
      case .last(1): "not run: the statement behind it\n"
      case .last(let count): "not run: \(count.grouped) statements behind it\n"
      }
    }
  }

  /// Says something that is no reply, in lines that fit, where it spoils no data for programs.
  func say(_ words: String) {
    if takeReply != nil { return (try? show(.text(words))) ?? () }
    (settings.format.isForPrograms ? outlets.remark : outlets.write)(PaintedText(words.filled(to: width) + "\n"))
  }

  private var width: Int { settings.width ?? outlets.screenWidth() }

  private func reply(to text: String) throws(Diagnostic) -> Reply {
    if Habits.isFarewell(text) { return try reply(to: ".exit") }
    if let command = DotCommand.asked(of: text) { return .text(command) }
    guard text.hasPrefix(".") else {
      do {
        return try session.execute(text)
      } catch {
        guard error.code == .topicUnknown, let command = DotCommand.asked(of: text, dot: ".") else { throw error }
        return .text(command)
      }
    }
    let (command, operand) = try DotCommand.find(text)
    let reply = try command.perform(self, operand)
    return reply.isEmpty ? .silence : .text(reply)
  }

  func show(_ reply: Reply) throws(Diagnostic) {
    // What was done is told even where the workspace cannot be read any more.
    var context = RenderingContext(width: width, zone: reply.isRemark ? .utc : try session.zone)
    (context.formulas, context.hasIntervals) = (session.formulas, session.hasIntervals)
    if output == nil {
      (context.style, context.isTerminal) = (settings.shownStyle, settings.isTerminal)
      if settings.hasManyColours { context.colours = settings.theme == "light" ? .light : .dark }
      context.rowLimit = settings.rowLimit
    }
    context.run = session.run
    let writer = ReplyWriter(format: settings.format, context: context)
    if let takeReply, output == nil {
      do { return try takeReply(reply, writer) } catch { throw Diagnostic(error, at: nil) }
    }
    let isKept = output != nil
    let (text, formulas) = try session.apart { () throws(ExecutionError) in
      (try writer.text(of: reply), isKept ? try writer.formulaCount(in: reply) : 0)
    }
    if settings.format.isForPrograms, reply.isRemark { return outlets.remark(text) }
    guard let output else {
      if lesson != nil { lesson?.linesSince += text.words.utf8.count { $0 == UInt8(ascii: "\n") } }
      if reply.isStep || page?(text) != true { outlets.write(text) }
      return
    }
    do {
      try output.write(Array(text.words.utf8))
      for remark in session.remarks(onFormulas: formulas) {
        outlets.remark(PaintedText(remark.rendered(in: "", width: width) + "\n"))
      }
    } catch {
      self.output = nil
      var error = error
      error.message += "; replies go to the screen again"
      throw error
    }
  }

  /// A time in three digits or more: `0.42 ms`, `12.3 ms`, `123 ms`, `1.23 s`.
  package static func timing(_ elapsed: Swift.Duration) -> String {
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    switch seconds * 1_000 {
    case ..<9.995: return String(format: "%.2f ms\n", seconds * 1_000)
    case ..<99.95: return String(format: "%.1f ms\n", seconds * 1_000)
    case ..<999.5: return String(format: "%.0f ms\n", seconds * 1_000)
    default: return String(format: "%.2f s\n", seconds)
    }
  }
}

extension Shell {
  /// Sends replies to a file from now on, or back to the screen.
  func redirect(to written: String?) throws(Diagnostic) {
    output = nil
    guard let written else { return }
    output = try session.files.stream(to: written)
  }

  /// Runs the statements of a file.
  package func read(file written: String) throws(Diagnostic) {
    try run(script: session.files.script(written, at: nil), named: written)
  }
}

extension Diagnostic {
  /// The same, told of a statement of a script; what was located in a script within it stays there.
  func located(in piece: StatementReader.Piece, of file: String) -> Diagnostic {
    guard source == nil else { return self }
    var copy = self
    let position = piece.position(ofUTF8: span?.lowerBound ?? 0)
    copy.source = piece.text
    copy.place = "\(file):\(position.line):\(position.column)" + (place.map { ": \($0)" } ?? "")
    return copy
  }

  /// What a script that stops here exits with.
  package var exitStatus: Int32 {
    switch code {
    case .assertFailed, .lessonCheck: 3
    case .runInterrupted: 130
    default: 1
    }
  }
}

extension StringProtocol {
  /// Without blanks and new lines at its ends.
  var trimmingBlanks: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}

extension DiagnosticCode {
  package static let runCircular = DiagnosticCode(
    "run.circular", "A script runs itself, or scripts run each other more than 16 deep.")
  package static let editFailed = DiagnosticCode(
    "edit.failed", "The editor of .edit could not be run, or ended with an error; the statement was not run again.")
}
