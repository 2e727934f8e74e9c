import Interchange
import JourneyTime
import Rendering
import SourceText
import Workspace

/// A lesson that is being played.
struct LessonPlay {
  let lesson: Lesson
  let choice: LessonChoice
  /// Under which its record is kept.
  let key: String
  var record: LessonRecord
  /// Of the step at hand.
  var place: Int
  /// Whether the step is done, and Enter goes on.
  var isPassed = false
  /// How many hints were given.
  var hints = 0
  /// Blocks `check` of which the answer was given already.
  var answered: Set<Int> = []
  /// How many answers there were when the step began: those are not looked at.
  var oldAnswers = 0
  /// Lines that were shown since the task was.
  var linesSince = 0
  /// Workspaces as the lesson's own statements leave them at the beginning of a step, as far as they were made.
  var states: [Int: Workspace] = [:]
  /// The person's own, to come back to.
  let settings: Shell.Settings
  let ownZone: Zone?
  /// By step: what holds when it is done, and likely mistakes.
  let checks: [[LessonCheck]]
  let mistakes: [[LessonCheck]]

  init(
    _ lesson: Lesson, _ choice: LessonChoice, key: String, _ record: LessonRecord?, _ settings: Shell.Settings,
    in session: Session
  ) throws(Diagnostic) {
    (self.lesson, self.choice, self.key, self.settings) = (lesson, choice, key, settings)
    ownZone = session.ownZone
    let record = record?.fitted(to: lesson) ?? LessonRecord(of: lesson)
    self.record = record
    place = lesson.steps.firstIndex { $0.id == record.place } ?? 0
    func read(_ role: FenceWords.Role) throws(Diagnostic) -> [[LessonCheck]] {
      try lesson.steps.map { (step) throws(Diagnostic) in
        try (step.blocks[role] ?? []).map { (block) throws(Diagnostic) in
          try LessonCheck(block, of: lesson.notebook, in: session)
        }
      }
    }
    (checks, mistakes) = (try read(.check), try read(.wrong))
  }

  var step: Lesson.Step { lesson.steps[place] }
  var isLast: Bool { place == lesson.steps.count - 1 }
  var progress: LessonProgress { LessonProgress(record.done, of: lesson.steps.count) }

  /// What a statement calls it.
  var name: String {
    switch choice {
    case .number(let number): "lesson \(number)"
    case .file(let file): "lesson \(file.quoted)"
    }
  }

  /// Notes that the step is done; once is enough, and what the shell did counts until it was done by hand.
  mutating func pass(_ outcome: LessonRecord.Outcome) {
    isPassed = true
    if record.steps[place].outcome != .done { record.steps[place].outcome = outcome }
    record.place = isLast ? nil : lesson.steps[place + 1].id
  }

  mutating func turn(to place: Int) {
    self.place = place
    (isPassed, hints, answered, linesSince) = (false, 0, [], 0)
    record.place = step.id
  }
}
