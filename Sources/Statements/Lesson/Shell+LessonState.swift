import Interchange
import Language
import SourceText
import Workspace

/// The workspace that a step of a lesson begins in.
extension Shell {
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
  func goOn(to place: Int) throws(Diagnostic) -> Bool {
    guard let play = lesson else { return false }
    lesson?.turn(to: place)
    do {
      for check in play.checks[..<place].joined() where check.isOfMap {
        guard case .holds = try check.outcome(isOfMapOnly: true, in: session) else {
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

  func beginStep() {
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

  func run(
    _ blocks: [Notebook.Block]?, of lesson: Lesson, exports: Bool = true
  ) throws(Diagnostic) {
    for block in blocks ?? [] {
      let pieces = lesson.notebook.pieces(of: block).filter { exports || !session.isExport($0) }
      try nested { () throws(Diagnostic) in try run(pieces, of: lesson.notebook.file) }
    }
  }
}

extension Session {
  /// Whether a statement writes a file for others.
  fileprivate func isExport(_ piece: StatementReader.Piece) -> Bool {
    guard !piece.isDotCommand, let parsed = try? parsed(piece.text) else { return false }
    return parsed.form.hasPrefix("export")
  }
}
