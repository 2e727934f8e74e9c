import Interchange
import Rendering
import SourceText

/// Looking at what was typed in a lesson.
extension Shell {
  /// For an empty line: on to the next step, or the task once more.
  func takeLessonStep() throws(Diagnostic) {
    guard let play = lesson else { return }
    let page = play.isPassed ? try advance() : taskPage(play)
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
    let outcome = try lookAtStep()
    if case .holds = outcome {
      lesson?.pass(.done)
      keepRecord()
      page = try passedPage("\(play.step.id) is done")
    } else {
      keepRecord()
      page = LessonPage(try remarks(on: outcome, hasAnswer))
    }
    try show(.lesson(page))
  }

  /// What came of the first check that the step still waits for; holds where it waits for none. Answers that were right before count.
  func lookAtStep() throws(Diagnostic) -> LessonCheck.Outcome {
    guard let play = lesson else { return .holds }
    // What was asked before the step began is not looked at.
    let canAnswer = session.results.count > play.oldAnswers || session.lastForm != nil
    var first = LessonCheck.Outcome.holds
    for (index, check) in play.checks[play.place].enumerated() {
      let (outcome, isAnswered) = try check.look(
        isAnswered: play.answered.contains(index), canAnswer: canAnswer, in: session)
      if isAnswered { lesson?.answered.insert(index) }
      if case .holds = first { first = outcome }
    }
    return first
  }

  /// What a likely mistake is, else what is missing; the task again where it was scrolled away.
  func remarks(on outcome: LessonCheck.Outcome, _ hasAnswer: Bool) throws(Diagnostic) -> [LessonPage.Part] {
    guard let play = lesson else { return [] }
    var parts: [LessonPage.Part] = []
    for mistake in play.mistakes[play.place] where hasAnswer || !mistake.isOfAnswer {
      guard case .holds = try mistake.outcome(in: session), let words = mistake.words else { continue }
      parts = [.remark(words, progress: play.progress)]
      break
    }
    if parts.isEmpty {
      switch outcome {
      case .holds: break
      case .misses(let words): parts = [.remark(words, progress: play.progress)]
      case .fails(let error):
        parts =
          [
            .remark(
              "this check of the lesson is faulty, and no mistake of yours; skip goes on", progress: play.progress)
          ] + error.rendered(in: "", width: 80).split(separator: "\n").map { .note(String($0)) }
      }
    }
    if isAtPrompt, play.linesSince > Self.mostLines {
      lesson?.linesSince = 0
      parts.append(.task(play.step.text))
    }
    return parts
  }
}
