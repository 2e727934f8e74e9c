import EventStore
import Foundation
import Interchange

/// How far a person came in a lesson.
package struct LessonRecord: Codable, Sendable, Hashable {
  /// Its title.
  package var lesson: String
  /// In the order of the lesson, as it was when it was last played.
  package var steps: [Step]
  /// The step to go on with; nil once all are done.
  package var place: String?

  package struct Step: Codable, Sendable, Hashable {
    package var id: String
    package var outcome: Outcome?
    /// Statements that were typed until it was done.
    package var tries = 0
    /// Hints that were asked for until it was done.
    package var hints = 0
  }

  package enum Outcome: String, Codable, Sendable {
    case done
    /// The shell did it.
    case skipped
  }

  init(of lesson: Lesson) {
    self.lesson = lesson.title
    steps = lesson.steps.map { Step(id: $0.id) }
    place = lesson.steps.first?.id
  }

  /// The same for the lesson as it is now: what is known of steps that are still there stays.
  func fitted(to lesson: Lesson) -> LessonRecord {
    var fitted = LessonRecord(of: lesson)
    fitted.steps = fitted.steps.map { step in steps.first { $0.id == step.id } ?? step }
    let isOver = place == nil && fitted.steps.allSatisfy { $0.outcome != nil }
    fitted.place =
      isOver ? nil : fitted.steps.first { $0.id == place }?.id ?? fitted.steps.first { $0.outcome == nil }?.id
    return fitted
  }

  /// Steps that were done without a hint, with one, or left to the shell.
  var alone: Int { steps.count { $0.outcome == .done && $0.hints == 0 } }
  var hinted: Int { steps.count { $0.outcome == .done && $0.hints > 0 } }
  var skipped: Int { steps.count { $0.outcome == .skipped } }

  package var done: Int { steps.count { $0.outcome != nil } }
  package var isUntouched: Bool { steps.allSatisfy { $0.outcome == nil && $0.tries == 0 && $0.hints == 0 } }
}

/// What is handed in: how far one person came in each lesson. Signed so that an edit by hand shows; it holds nothing else about the
/// person than the name that was typed.
package struct LessonReport: Codable, Sendable, Hashable {
  package var name: String
  package var lessons: [LessonRecord]
  private var signature: String

  init(of name: String, _ lessons: [LessonRecord]) {
    (self.name, self.lessons) = (name, lessons)
    signature = Self.signature(of: name, lessons)
  }

  /// Whether it is as it was written.
  package var isGenuine: Bool { signature == Self.signature(of: name, lessons) }

  /// The XXH64 of all that it says behind a word of our own: no secret, and no more than what a casual edit does not get right.
  private static func signature(of name: String, _ lessons: [LessonRecord]) -> String {
    var text = "waymark lessons\u{0}\(name)\u{0}"
    for lesson in lessons {
      text += "\(lesson.lesson)\u{0}\(lesson.place ?? "")\u{0}"
      for step in lesson.steps {
        text += "\(step.id) \(step.outcome?.rawValue ?? "") \(step.tries) \(step.hints)\u{0}"
      }
    }
    let digits = String(Checksum.xxh64(Array(text.utf8)), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
