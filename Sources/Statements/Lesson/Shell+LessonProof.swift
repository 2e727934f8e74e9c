import Interchange
import Language
import SourceText

extension Shell {
  /// Proves a lesson: each step can be reached, is not done before anything is typed, is done by its own solution, and is not done by the
  /// mistakes that it names, each of which is told.
  ///
  /// - Parameters:
  ///   - exports: where solutions write files.
  ///   - told: takes each fault, with its place in the Markdown.
  /// - Returns: how many steps and how many mistakes were tried. Throws where it is interrupted, and for what is no lesson.
  func prove(
    _ lesson: Lesson, exports: Files, told: (Diagnostic) -> Void
  ) throws(Diagnostic) -> (steps: Int, mistakes: Int) {
    let play = try LessonPlay(lesson, .file(lesson.notebook.file), key: "", nil, settings, in: session)
    self.lesson = play
    defer { leaveLesson() }
    var mistakes = 0
    for place in lesson.steps.indices {
      let proof = StepProof(play, place, exports: exports, in: self)
      do {
        try proof.proveCheck()
        for mistake in play.mistakes[place] {
          mistakes += 1
          if let fault = try proof.fault(of: mistake) { told(fault) }
        }
      } catch {
        if error.code == .runInterrupted { throw error }
        told(error)
      }
    }
    return (lesson.steps.count, mistakes)
  }
}

/// One step that is tried in every way that it tells of.
private struct StepProof {
  private let play: LessonPlay
  private let place: Int
  private let exports: Files
  private let shell: Shell

  init(_ play: LessonPlay, _ place: Int, exports: Files, in shell: Shell) {
    (self.play, self.place, self.exports, self.shell) = (play, place, exports, shell)
  }

  private var step: Lesson.Step { play.lesson.steps[place] }

  /// Throws unless the check holds behind the solution, and not before it.
  func proveCheck() throws(Diagnostic) {
    try begin()
    if case .holds = try shell.lookAtStep() {
      throw fault("step \(step.id) is done before anything is typed", at: play.checks[place].first)
    }
    for block in step.blocks[.solution] ?? [] { try type(play.lesson.notebook.pieces(of: block)) }
    switch try shell.lookAtStep() {
    case .holds: break
    case .misses(let words):
      throw fault("step \(step.id) is not done by its own solution: \(words)", at: play.checks[place].first)
    case .fails(let error): throw error
    }
    for mistake in play.mistakes[place] {
      if case .holds = try mistake.outcome(in: shell.session) {
        throw fault("the solution of step \(step.id) is taken for this mistake", at: mistake)
      }
    }
  }

  /// What is wrong with a mistake that the step names; nil where it is told, and refused.
  func fault(of mistake: LessonCheck) throws(Diagnostic) -> Diagnostic? {
    guard mistake.words != nil else { return fault("this mistake has nothing to say", at: mistake, hint: "else \"…\"") }
    guard !mistake.example.isEmpty else {
      return fault(
        "nothing here makes this mistake", at: mistake, hint: "the statement that makes it, before its asserts")
    }
    try begin()
    try type(mistake.example)
    switch try mistake.outcome(in: shell.session) {
    case .holds: break
    case .misses(let words): return fault("its own example does not make this mistake: not '\(words)'", at: mistake)
    case .fails(let error): return error
    }
    guard case .holds = try shell.lookAtStep() else { return nil }
    return fault("step \(step.id) is done by this mistake", at: mistake)
  }

  /// The state in which the step begins.
  private func begin() throws(Diagnostic) {
    shell.lesson?.turn(to: place)
    try shell.prepare(place)
  }

  /// Runs statements as if they were typed, each looked at.
  private func type(_ pieces: [StatementReader.Piece]) throws(Diagnostic) {
    let files = shell.session.files
    for piece in pieces {
      try shell.quietly(in: play.lesson) { () throws(Diagnostic) in
        shell.session.files = exports
        try shell.nested { () throws(Diagnostic) in try shell.run([piece], of: play.lesson.notebook.file) }
      }
      _ = try shell.lookAtStep()
    }
    shell.session.files = files
  }

  private func fault(_ message: String, at check: LessonCheck?, hint: String? = nil) -> Diagnostic {
    Diagnostic(
      .lessonCheck, message, hint: hint, place: "\(play.lesson.notebook.file):\(check?.block.line ?? step.line)")
  }
}
