import Interchange
import Language
import Outside
import Rendering
import SourceText
import Workspace

extension Shell {
  /// Whether a lesson is under way; what is typed in it is kept in no history.
  package var isInLesson: Bool { lesson != nil }

  /// Rows of tables that are shown in one.
  private static let lessonRows = 12
  /// Lines behind which the task is shown again.
  private static let mostLines = 10

  /// Does what a statement asks of the lessons.
  func take(_ request: LessonRequest) throws(Diagnostic) -> Reply {
    lessonSpoke = true
    if lesson != nil, !session.isVisiting { leaveLesson() }
    switch request {
    case .list: return .answer(try lessonList())
    case .begin(let choice): return .lesson(try begin(choice))
    case .forget(let choice): return .done(try forget(choice))
    case .export(let file, let name): return .done(try exportLessons(to: file, as: name))
    case .quit:
      let left = try needLesson()
      leaveLesson()
      return .done("\(left.name) is left; it goes on there, at step \(left.step.id). \(ownPlace)")
    case .hint: return .lesson(try hint())
    case .skip: return .lesson(try skip())
    case .back: return .lesson(try restart(by: -1))
    case .again: return .lesson(try restart(by: 0))
    }
  }

  private func needLesson() throws(Diagnostic) -> LessonPlay {
    if let lesson { return lesson }
    throw Diagnostic(.lessonNone, "no lesson is under way", hint: "lesson 1")
  }

  // MARK: Beginning and leaving

  private func begin(_ choice: LessonChoice) throws(Diagnostic) -> LessonPage {
    // The lesson at hand is told again.
    if let lesson, lesson.choice == choice { return taskPage(lesson, isWhole: true) }
    return try begin(choice, read(choice))
  }

  private func begin(_ choice: LessonChoice, _ lesson: Lesson) throws(Diagnostic) -> LessonPage {
    guard !isPreparing else {
      throw Diagnostic(.lessonNone, "a lesson begins no other", hint: "leave it out of the lesson's blocks")
    }
    let key = LessonRecords.key(of: choice, in: session.files)
    leaveLesson()
    leaveTour()
    var play = try LessonPlay(lesson, choice, key: key, records.record(key), settings, in: session)
    // Once all is done it begins anew, and what is done stays done.
    play.turn(to: play.record.place == nil ? 0 : play.place)
    settings.rowLimit = min(settings.rowLimit ?? Self.lessonRows, Self.lessonRows)
    settings.pager = .off
    self.lesson = play
    do {
      session.ownZone = nil
      if let zone = lesson.notebook.front.zone { try session.setOwnZone(zone, of: lesson.notebook.file) }
      try prepare(play.place)
    } catch {
      leaveLesson()
      throw error
    }
    var parts: [LessonPage.Part] = [.note("\(play.name): \(lesson.title)")]
    if play.place == 0, !lesson.welcome.isEmpty { parts += [.note(""), .prose(lesson.welcome)] }
    parts.append(contentsOf: [.note(""), .note(Self.instruction)])
    return LessonPage(parts + (try opening()))
  }

  private static let instruction =
    "type anything; hint helps, skip does the step, back and again go back, lesson quit leaves"

  /// The lesson of a choice. Throws where there is none, and for what is wrong in its file.
  private func read(_ choice: LessonChoice) throws(Diagnostic) -> Lesson {
    switch choice {
    case .file(let file):
      return try Lesson(Notebook(session.files.script(file, at: nil), file: file))
    case .number(let number):
      if let lesson = try LessonShelf.lesson(number) { return lesson }
      throw Diagnostic(
        .lessonNone, "there are \(LessonShelf.files.count) lessons, and none is number \(number)", hint: "lesson")
    }
  }

  /// Begins the lesson of a notebook that is run.
  func begin(_ notebook: Notebook) throws(Diagnostic) {
    lessonSpoke = true
    try show(.lesson(begin(.file(notebook.file), Lesson(notebook))))
  }

  /// Goes home, if a lesson is under way.
  func leaveLesson() {
    guard let lesson else { return }
    session.comeHome()
    session.ownZone = lesson.ownZone
    (settings.rowLimit, settings.pager) = (lesson.settings.rowLimit, lesson.settings.pager)
    self.lesson = nil
  }

  private var ownPlace: String {
    let place = session.workspace.path.map { "'\(session.files.written($0))'" } ?? "in memory"
    return "This is your own workspace again, \(place)"
  }

  // MARK: A step's state

  /// Goes on in the workspace as the lesson's own statements leave it at a step.
  func prepare(_ place: Int) throws(Diagnostic) {
    guard let play = lesson else { return }
    if let state = play.states[place] {
      session.visit(try session.attempt(state.copyInMemory()))
      return beginStep()
    }
    if place == 0 {
      session.visit(try session.attempt(Workspace.inMemory(interruption: session.currentRun.interruption)))
    } else {
      try prepare(place - 1)
    }
    try quietly(in: play.lesson) { () throws(Diagnostic) in
      if place == 0 {
        try session.bind(play.lesson.notebook.bindings(with: []), of: play.lesson.notebook.file)
      } else {
        try run(play.lesson.steps[place - 1].blocks[.solution], of: play.lesson, exports: false)
      }
      try run(play.lesson.steps[place].blocks[.setup], of: play.lesson)
    }
    lesson?.states[place] = try session.attempt(session.workspace.copyInMemory())
    beginStep()
  }

  /// Goes on to the next step in the workspace as it is, if what the steps before left on the map is there and its setup runs; else makes
  /// it anew. Whether it was made anew.
  private func goOn(to place: Int) throws(Diagnostic) -> Bool {
    guard let play = lesson else { return false }
    lesson?.turn(to: place)
    do {
      for check in play.checks[..<place].joined() where check.isOfMap {
        guard case .holds = try check.outcome(ofAnswers: false, in: session) else {
          try prepare(place)
          return true
        }
      }
      try quietly(in: play.lesson) { () throws(Diagnostic) in
        try run(play.lesson.steps[place].blocks[.setup], of: play.lesson)
      }
    } catch {
      if error.code == .runInterrupted { throw error }
      try prepare(place)
      return true
    }
    beginStep()
    return false
  }

  private func beginStep() {
    walking = nil
    session.lastForm = nil
    lesson?.oldAnswers = session.results.count
  }

  /// Runs the lesson's own statements unseen, relative paths starting in its folder.
  func quietly(
    in lesson: Lesson, _ work: () throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let (files, timer, wasPreparing) = (session.files, settings.timer, isPreparing)
    session.files = files.inFolder(of: lesson.notebook.file)
    (takeReply, settings.timer, isPreparing) = ({ _, _ in }, false, true)
    defer { (session.files, takeReply, settings.timer, isPreparing) = (files, nil, timer, wasPreparing) }
    try work()
  }

  private func run(
    _ blocks: [Notebook.Block]?, of lesson: Lesson, exports: Bool = true
  ) throws(Diagnostic) {
    for block in blocks ?? [] {
      let pieces = lesson.notebook.pieces(of: block).filter { exports || !session.isExport($0) }
      try nested { () throws(Diagnostic) in try run(pieces, of: lesson.notebook.file) }
    }
  }

  // MARK: Moves

  private func hint() throws(Diagnostic) -> LessonPage {
    var play = try needLesson()
    guard !play.isPassed else { return LessonPage([.note("this step is done; Enter goes on")]) }
    let hints = play.step.hints
    guard !hints.isEmpty else {
      return LessonPage([.note("this step has no hints; skip shows how it is done")])
    }
    let index = min(play.hints, hints.count - 1)
    play.hints = index + 1
    if play.record.steps[play.place].outcome != .done {
      play.record.steps[play.place].hints = max(play.record.steps[play.place].hints, play.hints)
    }
    lesson = play
    keepRecord()
    return LessonPage([.prose("hint \(index + 1) of \(hints.count): \(hints[index])")])
  }

  /// Shows the statements that do the step, and what they answer.
  private func skip() throws(Diagnostic) -> LessonPage {
    let play = try needLesson()
    guard !play.isPassed else { return try advance() }
    guard play.lesson.canSkip else {
      throw Diagnostic(.lessonSkip, "no step of this lesson is left to the shell", hint: "hint")
    }
    let blocks = play.step.blocks[.solution] ?? []
    // What was tried may stand in its way.
    try prepare(play.place)
    try show(.lesson(LessonPage([.statements(blocks.map { play.lesson.notebook.text(of: $0) }.joined())])))
    for block in blocks {
      for piece in play.lesson.notebook.pieces(of: block) {
        do {
          isPreparing = true
          defer { isPreparing = false }
          try nested { () throws(Diagnostic) in try perform(piece.text) }
        } catch {
          if error.code == .runInterrupted { throw error }
          say(text(of: error, in: piece.text))
        }
      }
    }
    lesson?.pass(.skipped)
    keepRecord()
    return try passedPage("\(play.step.id) skipped")
  }

  /// The step before, or the same, from its beginning.
  private func restart(by offset: Int) throws(Diagnostic) -> LessonPage {
    let play = try needLesson()
    let place = max(0, play.place + offset)
    lesson?.turn(to: place)
    try prepare(place)
    keepRecord()
    return LessonPage(try opening())
  }

  /// The next step, or the end.
  private func advance() throws(Diagnostic) -> LessonPage {
    let play = try needLesson()
    guard play.isLast else {
      let isNew = try goOn(to: play.place + 1)
      keepRecord()
      let note: [LessonPage.Part] =
        isNew ? [.note("(the map is as this step needs it; what you made elsewhere is put away)")] : []
      return LessonPage(note + (try opening()))
    }
    let steps = play.record.steps
    let hinted = steps.count { $0.outcome == .done && $0.hints > 0 }
    let skipped = steps.count { $0.outcome == .skipped }
    leaveLesson()
    var parts: [LessonPage.Part] = []
    if !play.lesson.farewell.isEmpty { parts += [.note(""), .prose(play.lesson.farewell), .note("")] }
    var words = "\(play.name) is done: \(steps.count) steps"
    if hinted > 0 { words += ", \(hinted) with hints" }
    if skipped > 0 { words += ", \(skipped) skipped" }
    if case .number(let number) = play.choice, number < LessonShelf.files.count {
      words += "; lesson \(number + 1) is next"
    }
    return LessonPage(parts + [.passed(words, progress: play.progress), .note(ownPlace + ".")])
  }

  /// What is shown as a step begins; one that is done already is passed.
  private func opening() throws(Diagnostic) -> [LessonPage.Part] {
    guard let play = lesson else { return [] }
    let parts = taskPage(play, isWhole: true).parts
    lesson?.linesSince = 0
    guard try isDone() else { return parts }
    lesson?.pass(.done)
    keepRecord()
    return parts + (try passedPage("\(play.step.id) is done already").parts)
  }

  private func taskPage(_ play: LessonPlay, isWhole: Bool) -> LessonPage {
    guard isWhole else { return LessonPage([.task(play.step.text)]) }
    return LessonPage([
      .heading(id: play.step.id, title: play.step.title, progress: play.progress), .lesson(play.step.text),
    ])
  }

  private func passedPage(_ words: String) throws(Diagnostic) -> LessonPage {
    guard let play = lesson else { return LessonPage([]) }
    guard isAtPrompt else {
      return LessonPage([.passed(words, progress: play.progress)] + (try advance().parts))
    }
    let move = walking == nil ? "Enter goes on" : "q leaves the walk, then Enter goes on"
    return LessonPage([.passed(words, progress: play.progress, then: move)])
  }

  // MARK: After what was typed

  /// For an empty line: on to the next step, or the task once more.
  func takeLessonStep() throws(Diagnostic) {
    guard let play = lesson else { return }
    let page = play.isPassed ? try advance() : taskPage(play, isWhole: true)
    lesson?.linesSince = 0
    try show(.lesson(page))
  }

  /// Looks whether the step is done by what was typed, and says so, or what is missing.
  func followLesson(asked hasAnswer: Bool) throws(Diagnostic) {
    guard let play = lesson, takeReply == nil, !isPreparing else { return }
    guard session.isVisiting else {
      leaveLesson()
      return say("\(play.name) is left at step \(play.step.id), since another workspace was opened; it goes on there")
    }
    guard !play.isPassed else {
      return try show(.lesson(LessonPage([.note("\(play.step.id) is done; Enter goes on")])))
    }
    if play.record.steps[play.place].outcome != .done { lesson?.record.steps[play.place].tries += 1 }
    let page: LessonPage
    if try isDone() {
      lesson?.pass(.done)
      keepRecord()
      page = try passedPage("\(play.step.id) is done")
    } else {
      keepRecord()
      page = LessonPage(try remarks(hasAnswer))
    }
    try show(.lesson(page))
  }

  /// Whether every check holds; answers that were right before count.
  func isDone() throws(Diagnostic) -> Bool {
    guard let play = lesson else { return false }
    var isDone = true
    for (index, check) in play.checks[play.place].enumerated() {
      if check.isOfAnswer, !play.answered.contains(index) {
        if canAnswer(play), case .holds = try check.outcome(ofAnswers: true, in: session) {
          lesson?.answered.insert(index)
        } else {
          isDone = false
        }
      }
      if check.isOfMap {
        guard case .holds = try check.outcome(ofAnswers: false, in: session) else {
          isDone = false
          continue
        }
      }
    }
    return isDone
  }

  /// Whether anything was asked since the step began.
  private func canAnswer(_ play: LessonPlay) -> Bool {
    session.results.count > play.oldAnswers || session.lastForm != nil
  }

  /// What a likely mistake is, else what is missing; the task again where it was scrolled away.
  private func remarks(_ hasAnswer: Bool) throws(Diagnostic) -> [LessonPage.Part] {
    guard let play = lesson else { return [] }
    var parts: [LessonPage.Part] = []
    for mistake in play.mistakes[play.place] where hasAnswer || !mistake.isOfAnswer {
      guard case .holds = try mistake.outcome(in: session), let words = mistake.words else { continue }
      parts = [.remark(words, progress: play.progress)]
      break
    }
    for (index, check) in play.checks[play.place].enumerated() where parts.isEmpty {
      if check.isOfAnswer, play.answered.contains(index), !check.isOfMap { continue }
      let isAnswered = check.isOfAnswer && play.answered.contains(index)
      switch try check.outcome(ofAnswers: isAnswered ? false : nil, in: session) {
      case .holds: continue
      case .misses(let words): parts = [.remark(words, progress: play.progress)]
      case .fails(let error):
        parts = [
          .remark("this check of the lesson is faulty, and no mistake of yours; skip goes on", progress: play.progress),
          .note(error.rendered(in: "", width: 80)),
        ]
      }
    }
    if isAtPrompt, play.linesSince > Self.mostLines {
      lesson?.linesSince = 0
      parts.append(.task(play.step.text))
    }
    return parts
  }

  // MARK: What is kept

  /// Keeps how far the person comes in a folder from now on; nil keeps it while the shell runs.
  package func keepLessons(in folder: OutsideFile?) { records = LessonRecords(in: folder, session.currentRun) }

  private func keepRecord() {
    guard let play = lesson else { return }
    do {
      try records.keep(play.record, as: play.key)
    } catch {
      guard !hasToldOfRecords else { return }
      hasToldOfRecords = true
      say("how far you are in lessons cannot be kept: \(error.message)")
    }
  }

  private func forget(_ choice: LessonChoice) throws(Diagnostic) -> String {
    if case .number = choice { _ = try read(choice) }
    let key = LessonRecords.key(of: choice, in: session.files)
    try records.forget(key)
    if let play = lesson, play.key == key { lesson?.record = LessonRecord(of: play.lesson) }
    switch choice {
    case .number(let number): return "lesson \(number) begins anew"
    case .file(let file): return "lesson \(file.quoted) begins anew"
    }
  }

  private func exportLessons(to file: String, as name: String) throws(Diagnostic) -> String {
    guard !name.trimmingBlanks.isEmpty, name.utf8.count <= 200 else {
      throw Diagnostic(.lessonProgress, "the name is what tells your file from others'", hint: "as \"Anna B.\"")
    }
    let all = try lessonRecords().filter { !$0.isUntouched } + records.ofFiles()
    guard !all.isEmpty else { throw Diagnostic(.lessonProgress, "no lesson was begun", hint: "lesson 1") }
    guard let text = try? LessonReport(of: name, all).text else { return "" }
    try session.files.write(text, to: file, at: nil)
    return "wrote how far '\(name)' is in \(all.count.grouped) lesson\(all.count == 1 ? "" : "s") to '\(file)'"
  }

  /// Of the lessons of the program, in their order.
  private func lessonRecords() throws(Diagnostic) -> [LessonRecord] {
    let lessons = try LessonShelf.lessons()
    return try lessons.enumerated().map { (index, lesson) throws(Diagnostic) in
      try records.record(String(index + 1))?.fitted(to: lesson) ?? LessonRecord(of: lesson)
    }
  }

  private func lessonList() throws(Diagnostic) -> Answer {
    let lessons = try LessonShelf.lessons()
    let rows = try zip(lessons, lessonRecords()).enumerated().map { (index, pair) throws(Diagnostic) -> [Cell] in
      let (lesson, record) = pair
      let skipped = record.steps.count { $0.outcome == .skipped }
      return [
        .integer(index + 1), .text(lesson.title), lesson.notebook.front.minutes.map { .integer($0) } ?? .missing,
        .text(LessonProgress(record.done, of: lesson.steps.count).words),
        skipped == 0 ? .missing : .integer(skipped),
      ]
    }
    let columns: [Table.Column] = [
      .init("lesson"), .init("about", priority: 1), .init("minutes", priority: 3), .init("done"),
      .init("skipped", priority: 2),
    ]
    let next = zip(1..., try lessonRecords()).first { $0.1.place != nil }?.0
    let note = lesson.map { "you are in \($0.name), at step \($0.step.id): an empty line shows the task" }
    return Answer(
      tables: [Table(columns: columns, rows: rows)],
      notes: [note ?? next.map { "lesson \($0) goes on from here" } ?? "all are done; lesson 1 begins again"],
      figures: [.init("lessons", .integer(lessons.count))])
  }
}

extension Session {
  /// Whether a statement writes a file for others.
  fileprivate func isExport(_ piece: StatementReader.Piece) -> Bool {
    guard !piece.isDotCommand, let parsed = try? parsed(piece.text) else { return false }
    return parsed.form.hasPrefix("export")
  }
}

extension DiagnosticCode {
  package static let lessonNone = DiagnosticCode(
    "lesson.none", "No lesson is under way, or there is none of this number.")
  package static let lessonSkip = DiagnosticCode(
    "lesson.skip", "The lesson says skip: off, so that each of its steps is done by hand.")
}
