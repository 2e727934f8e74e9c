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
  static let lessonRows = 12
  /// Lines behind which the task is shown again.
  static let mostLines = 10

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

  func needLesson() throws(Diagnostic) -> LessonPlay {
    if let lesson { return lesson }
    throw Diagnostic(.lessonNone, "no lesson is under way", hint: "lesson 1")
  }

  // MARK: Beginning and leaving

  func begin(_ choice: LessonChoice) throws(Diagnostic) -> LessonPage {
    // The lesson at hand is told again.
    if let lesson, lesson.choice == choice { return taskPage(lesson) }
    return try begin(choice, read(choice))
  }

  func begin(_ choice: LessonChoice, _ lesson: Lesson) throws(Diagnostic) -> LessonPage {
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
  func read(_ choice: LessonChoice) throws(Diagnostic) -> Lesson {
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

  var ownPlace: String { "This is your own workspace again, \(session.writtenPlace)" }
}

extension DiagnosticCode {
  package static let lessonNone = DiagnosticCode(
    "lesson.none", "No lesson is under way, or there is none of this number.")
  package static let lessonSkip = DiagnosticCode(
    "lesson.skip", "The lesson says skip: off, so that each of its steps is done by hand.")
}
