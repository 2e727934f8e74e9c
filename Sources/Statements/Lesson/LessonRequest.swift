import Language
import Rendering

/// What a statement asks of the lessons.
package enum LessonRequest: Sendable {
  case list
  case begin(LessonChoice)
  case quit
  case forget(LessonChoice)
  case export(to: String, name: String)
  case hint, skip, back, again
}

/// Which lesson.
package enum LessonChoice: Hashable, Sendable {
  /// One of the program's own, from 1.
  case number(Int)
  /// A file, as it is written.
  case file(String)
}
