import Interchange
import Rendering
import SourceText

/// From step to step, and what is shown on the way.
extension Shell {
  func hint() throws(Diagnostic) -> LessonPage {
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
  func skip() throws(Diagnostic) -> LessonPage {
    let play = try needLesson()
    guard !play.isPassed else { return try advance() }
    guard play.lesson.notebook.front.canSkip else {
      throw Diagnostic(.lessonSkip, "no step of this lesson is left to the shell", hint: "hint")
    }
    let blocks = play.step.blocks[.solution] ?? []
    // What was tried may stand in its way.
    try prepare(play.place)
    try show(
      .lesson(
        LessonPage([
          .note("from the step's beginning, in the lesson's own workspace:"),
          .statements(blocks.map { play.lesson.notebook.text(of: $0) }.joined()),
        ])))
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
    let isDone = play.record.steps[play.place].outcome == .done
    return try passedPage("\(play.step.id) \(isDone ? "is done already" : "skipped")")
  }

  /// The step before, or the same, from its beginning.
  func restart(by offset: Int) throws(Diagnostic) -> LessonPage {
    let play = try needLesson()
    let place = max(0, play.place + offset)
    lesson?.turn(to: place)
    try prepare(place)
    keepRecord()
    return LessonPage(try opening())
  }

  /// The next step, or the end.
  func advance() throws(Diagnostic) -> LessonPage {
    let play = try needLesson()
    guard play.isLast else {
      let isNew = try goOn(to: play.place + 1)
      keepRecord()
      let note: [LessonPage.Part] =
        isNew ? [.note("(the map is as this step needs it; what you made elsewhere is put away)")] : []
      return LessonPage(note + (try opening()))
    }
    let record = play.record
    leaveLesson()
    var parts: [LessonPage.Part] = []
    if !play.lesson.farewell.isEmpty { parts += [.note(""), .prose(play.lesson.farewell), .note("")] }
    var words = "\(play.name) is done: \(record.steps.count) steps"
    if record.hinted > 0 { words += ", \(record.hinted) with hints" }
    if record.skipped > 0 { words += ", \(record.skipped) skipped" }
    if case .number(let number) = play.choice, number < LessonShelf.files.count {
      words += "; lesson \(number + 1) is next"
    }
    return LessonPage(parts + [.passed(words, progress: play.progress), .note(ownPlace + ".")])
  }

  /// What is shown as a step begins; one that is done already is passed.
  func opening() throws(Diagnostic) -> [LessonPage.Part] {
    guard let play = lesson else { return [] }
    let parts = taskPage(play).parts
    lesson?.linesSince = 0
    guard case .holds = try lookAtStep() else { return parts }
    lesson?.pass(.done)
    keepRecord()
    return parts + (try passedPage("\(play.step.id) is done already").parts)
  }

  /// The step at hand with its task.
  func taskPage(_ play: LessonPlay) -> LessonPage {
    let isDone = play.record.steps[play.place].outcome != nil
    return LessonPage(
      [.heading(id: play.step.id, title: play.step.title, progress: play.progress), .lesson(play.step.text)]
        + (isDone ? [.note("this step was done before; skip goes on")] : []))
  }

  func passedPage(_ words: String) throws(Diagnostic) -> LessonPage {
    guard let play = lesson else { return LessonPage([]) }
    guard isAtPrompt else {
      return LessonPage([.passed(words, progress: play.progress)] + (try advance().parts))
    }
    let move = walking == nil ? "Enter goes on" : "q leaves the walk, then Enter goes on"
    return LessonPage([.passed(words, progress: play.progress, then: move)])
  }
}
